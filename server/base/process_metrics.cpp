#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/clock.hpp"
#include "base/metrics.hpp"

namespace base {
namespace {

namespace fs = std::filesystem;

double resident_bytes() {
    auto statm = std::ifstream("/proc/self/statm");
    auto total = 0.0;
    auto resident = 0.0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_descriptors() {
    auto count = 0.0;
    auto failed = std::error_code();
    for (auto it = fs::directory_iterator("/proc/self/fd", failed); !failed && it != fs::directory_iterator();
         it.increment(failed)) {
        ++count;
    }
    return count > 0 ? count - 1 : 0; // the one that lists them
}

double most_descriptors() {
    auto limit = rlimit();
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : 0;
}

double seconds(timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds() {
    auto usage = rusage();
    return getrusage(RUSAGE_SELF, &usage) == 0 ? seconds(usage.ru_utime) + seconds(usage.ru_stime) : 0;
}

double unix_time() { return std::chrono::duration<double>(SystemClock().now().time_since_epoch()).count(); }

} // namespace

ProcessMetrics::ProcessMetrics(Metrics const& metrics)
    : resident_bytes_(metrics.gauge("process_resident_memory_bytes", "Resident memory size in bytes.")),
      open_descriptors_(metrics.gauge("process_open_fds", "Number of open file descriptors.")),
      most_descriptors_(metrics.gauge("process_max_fds", "Maximum number of open file descriptors.")),
      cpu_seconds_(metrics.gauge("process_cpu_seconds_total", "User and system CPU time spent in seconds.")),
      started_at_(metrics.gauge("process_start_time_seconds", "Start time of the house since the epoch in seconds.")) {
    started_at_.set(unix_time());
}

void ProcessMetrics::refresh() const {
    resident_bytes_.set(resident_bytes());
    open_descriptors_.set(open_descriptors());
    most_descriptors_.set(most_descriptors());
    cpu_seconds_.set(cpu_seconds());
}

} // namespace base
