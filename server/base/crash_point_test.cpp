#include "base/crash_point.hpp"

#include <gtest/gtest.h>

#ifdef APUNTA_CRASH_POINTS

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace base {
namespace {

/// In the child process of a death test: passes `name` `times` times, then ends well.
[[noreturn]] void pass(char const* wanted, char const* name, int times) {
    ::setenv("APUNTA_CRASH_AT", wanted, 1);
    for (auto i = 0; i < times; ++i)
        crash_point(name);
    std::_Exit(0);
}

TEST(CrashPoint, ends_the_process_at_the_wanted_pass) {
    EXPECT_EXIT(pass("a", "a", 1), testing::KilledBySignal(SIGKILL), "");
    EXPECT_EXIT(pass("a:3", "a", 3), testing::KilledBySignal(SIGKILL), "");
    EXPECT_EXIT(pass("a:3", "a", 2), testing::ExitedWithCode(0), "");
    EXPECT_EXIT(pass("a", "b", 2), testing::ExitedWithCode(0), "");
    EXPECT_EXIT(pass("a", "a1", 2), testing::ExitedWithCode(0), "");
    EXPECT_EXIT(pass("", "", 0), testing::ExitedWithCode(0), "");
}

TEST(CrashPoint, leaves_a_trace_of_each_pass_also_of_the_last) {
    auto const file = std::filesystem::temp_directory_path() / ("crash_trace." + std::to_string(::getpid()));
    ::setenv("APUNTA_CRASH_TRACE", file.c_str(), 1);
    EXPECT_EXIT(pass("a:2", "a", 5), testing::KilledBySignal(SIGKILL), "");
    ::unsetenv("APUNTA_CRASH_TRACE");
    auto lines = std::ifstream(file);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(lines), {}), "a\na\n");
    std::filesystem::remove(file);
}

} // namespace
} // namespace base

#else

TEST(CrashPoint, does_nothing_in_a_normal_build) {
    ASSERT_EQ(::setenv("APUNTA_CRASH_AT", "a", 1), 0);
    base::crash_point("a");
    ::unsetenv("APUNTA_CRASH_AT");
}

#endif
