#include "base/crash_point.hpp"

#ifdef APUNTA_CRASH_POINTS

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>

namespace base {

namespace {

std::string_view setting(char const* name) {
    auto const* const value = std::getenv(name);
    return value ? std::string_view(value) : std::string_view();
}

/// With APUNTA_CRASH_TRACE=<file> each pass adds its name there, so that a kill test can prove what was reached. One
/// write per pass: lines of several processes do not mix.
void trace(std::string_view name) {
    auto const file = setting("APUNTA_CRASH_TRACE");
    if (file.empty()) return;
    auto const line = std::string(name) + '\n';
    auto const descriptor = ::open(file.data(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0 || ::write(descriptor, line.data(), line.size()) < 0) std::abort();
    ::close(descriptor);
}

/// How many passes are left until the end; the first pass of a wanted point reads the number.
bool is_the_wanted_pass(std::string_view name) {
    auto const wanted = setting("APUNTA_CRASH_AT");
    auto const colon = wanted.find(':');
    if (wanted.substr(0, colon) != name) return false;
    auto pass = 1;
    if (colon != wanted.npos) std::from_chars(wanted.data() + colon + 1, wanted.data() + wanted.size(), pass);
    static std::atomic<int> passes = 0;
    return ++passes == pass;
}

} // namespace

void crash_point(char const* name) {
    trace(name);
    if (is_the_wanted_pass(name)) ::kill(::getpid(), SIGKILL);
}

} // namespace base

#else

namespace base {

void crash_point(char const*) {}

} // namespace base

#endif
