#include "system/faults.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace system_test {
namespace {

constexpr auto longest_start = std::chrono::seconds(30);
constexpr auto script = APUNTA_SOURCES "/../test/postgres.sh";

[[noreturn]] void fail(std::string const& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

std::string run_script(std::vector<std::string> words) {
    words.insert(words.begin(), script);
    auto const finished = run(words);
    if (finished.code != 0) throw std::runtime_error("test/postgres.sh: " + finished.errors);
    return finished.output.substr(0, finished.output.find('\n'));
}

/// Options of a strace that watches only the calls which are to fail, and reports into a file: a pipe that nobody
/// empties would hold it, and with it the program.
std::vector<std::string> options(std::vector<std::string> const& what, std::filesystem::path const& report) {
    auto words = std::vector<std::string>{"strace", "-f", "-o", report.string()};
    auto watched = std::string();
    for (auto const& one : what) {
        words.insert(words.end(), {"-e", "inject=" + one});
        watched += (watched.empty() ? "" : ",") + one.substr(0, one.find(':'));
    }
    words.insert(words.end(), {"-e", "trace=" + watched});
    return words;
}

} // namespace

std::string not_root() { return ::geteuid() == 0 ? "" : "only root may mount a disk or make calls of the system fail"; }

SmallDisk::SmallDisk(std::filesystem::path folder, std::string const& size) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    if (::mount("apunta-test", folder_.c_str(), "tmpfs", 0, ("size=" + size + ",mode=700").c_str()) != 0) fail("mount");
}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::fill() {
    auto const file = ::open((folder_ / "ballast").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0 && errno != ENOSPC) fail("open");
    auto const block = std::array<char, 4096>();
    while (::write(file, block.data(), block.size()) > 0) {
    }
    ::close(file);
}

void SmallDisk::make_room() { std::filesystem::remove(folder_ / "ballast"); }

Injection::Injection(pid_t process, std::vector<std::string> const& what) {
    // Its words go to standard error; the first says that all threads are held.
    auto command = std::string("exec");
    for (auto const& word : options(what, report_.path() / "report")) {
        command += " " + word;
    }
    command += " -p " + std::to_string(process) + " 2>&1";
    strace_ = std::make_unique<Process>(std::vector<std::string>{"sh", "-c", command}, Environment(), "");
    if (!strace_->await_line("strace: Process ", longest_start)) {
        throw std::runtime_error("strace did not attach: " + strace_->output());
    }
}

Injection::~Injection() { end(); }

int Injection::end() {
    if (!strace_) return 0;
    strace_->send(SIGINT);
    strace_->await_end(longest_start);
    strace_.reset();
    return injected(text_of(report_.path() / "report"));
}

std::vector<std::string> injecting(std::vector<std::string> const& what, std::filesystem::path const& report) {
    auto words = options(what, report);
    words.emplace_back("--seccomp-bpf");
    return words;
}

int injected(std::string const& report) {
    auto count = 0;
    for (auto at = report.find("(INJECTED)"); at != report.npos; at = report.find("(INJECTED)", at + 1)) {
        ++count;
    }
    return count;
}

OwnPostgres::OwnPostgres() {
    address_ = run_script({"start", folder_.path(), "-c synchronous_commit=on -c full_page_writes=on"});
}

OwnPostgres::~OwnPostgres() {
    try {
        thaw();
        run_script({"stop", folder_.path()});
    } catch (std::exception const& error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
}

void OwnPostgres::restart(std::string const& mode) { run_script({"restart", folder_.path(), mode}); }

void OwnPostgres::kill() {
    auto const all = processes();
    signal_all(SIGKILL);
    for (auto const process : all) {
        while (std::filesystem::exists("/proc/" + std::to_string(process))) {
            std::this_thread::sleep_for(milliseconds(5));
        }
    }
    restart("immediate");
}

void OwnPostgres::freeze() { signal_all(SIGSTOP); }
void OwnPostgres::thaw() { signal_all(SIGCONT); }

void OwnPostgres::signal_all(int signal) const {
    for (auto const process : processes()) {
        ::kill(process, signal);
    }
}

/// The first one and its children, which are all there are.
std::vector<pid_t> OwnPostgres::processes() const {
    auto first = pid_t{0};
    std::ifstream(folder_.path() / "data" / "postmaster.pid") >> first;
    if (first <= 1) return {};
    auto all = std::vector<pid_t>{first};
    auto const name = std::to_string(first);
    auto children = std::ifstream("/proc/" + name + "/task/" + name + "/children");
    for (auto child = pid_t{0}; children >> child;) {
        all.push_back(child);
    }
    return all;
}

} // namespace system_test
