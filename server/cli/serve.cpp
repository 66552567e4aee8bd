#include <fmt/core.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <optional>

#include "base/log.hpp"
#include "base/zone.hpp"
#include "cli/cli.hpp"
#include "cli/commands.hpp"
#include "cli/seed.hpp"
#include "cli/settings.hpp"
#include "house/house.hpp"

namespace cli {
namespace {

/// Threads made later inherit the mask, so that only await_end() sees these signals. A peer that hangs up is no signal.
sigset_t block_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    auto signals = sigset_t();
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

/// Memory holds passwords, tokens and the master key; a dump of it would leave them on a disk or with a crash reporter.
void forbid_core_dumps() {
    auto const none = rlimit{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

/// Most threads sleep at any time: an arena for each would hold memory that no other can use, and giving memory back
/// with every small dip costs more than it saves: two arenas took a third off the processor time of a turn, but reads
/// that run side by side then waited for them; hence four.
void tune_allocator() {
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_TRIM_THRESHOLD, 1 << 20);
    mallopt(M_TOP_PAD, 1 << 18);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

void await_end(sigset_t const& signals) {
    auto received = 0;
    sigwait(&signals, &received);
}

/// Each connection is a descriptor, and systems begin with as few as 1024.
void allow_many_descriptors() {
    auto limit = rlimit();
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 16'384);
    setrlimit(RLIMIT_NOFILE, &limit);
}

base::Result<std::optional<base::Instant>> read_now(std::string const& text) {
    if (text.empty()) return std::optional<base::Instant>();
    if (auto instant = base::parse_instant(text)) return instant;
    if (auto local = base::parse_local_time(text)) return std::optional(base::Zone().to_instant(*local));
    return base::fail(base::Fault::invalid, "bad_usage", "--now must look like 2026-10-21T10:15:00+02:00");
}

base::Result<house::Config> config_of(Serve const& options) {
    auto config = house::Config();
    config.version = APUNTA_VERSION;
    TRY(config.now, read_now(options.now));
    config.folder = options.place.folder;
    config.database_url = options.place.database_url;
    config.host = options.host;
    config.port = options.port;
    config.insecure_http = options.insecure_http;
    config.demo = options.demo;
    config.breath = base::Milliseconds(options.breath_ms);
    return with_environment(std::move(config));
}

base::Result<void> run(Serve const& options, sigset_t const& signals) {
    TRY(auto config, config_of(options));
    TRY(auto house, house::House::open(config));
    if (options.demo) TRY_VOID(seed_demo(*house));
    fmt::print("Apunta listens on {}\n", house->url());
    if (options.demo) {
        fmt::print("Demo account: {} / {}\nNow try, in another terminal:  bin/apunta chat\n", demo_email,
                   demo_password);
    }
    std::fflush(stdout);
    await_end(signals);
    base::log::info("server.stopping");
    house->stop();
    return {};
}

} // namespace

int serve(Serve const& options) {
    forbid_core_dumps();
    tune_allocator();
    auto signals = block_signals();
    allow_many_descriptors();
    if (auto served = run(options, signals); !served) return complain(served.error());
    return exit_ok;
}

} // namespace cli
