#include "base/clock.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace base {
namespace {

auto const start = parse_instant("2026-10-22T10:00:00Z").value();
auto const test_time = std::chrono::minutes(10); ///< no test takes longer

TEST(SimulatedClock, ticks_on_from_its_start) {
    auto const clock = SimulatedClock(start);
    auto const first = clock.now();
    EXPECT_GE(first, start);
    EXPECT_LT(first, start + test_time);
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (clock.now() == first && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    EXPECT_GT(clock.now(), first);
}

TEST(SimulatedClock, moves_forward_and_never_back) {
    auto clock = SimulatedClock(start);
    auto const later = start + std::chrono::hours(48);
    clock.advance_to(later);
    EXPECT_GE(clock.now(), later);
    clock.advance_to(start);
    EXPECT_GE(clock.now(), later);
    EXPECT_LT(clock.now(), later + test_time);
}

TEST(StandingClock, moves_only_when_it_is_told_to_and_never_back) {
    auto clock = StandingClock(start);
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
    while (std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    EXPECT_EQ(clock.now(), start);
    clock.advance_to(start + std::chrono::hours(1));
    clock.advance_to(start);
    EXPECT_EQ(clock.now(), start + std::chrono::hours(1));
}

TEST(SimulatedClock, set_by_many_threads_ends_at_the_latest) {
    auto clock = SimulatedClock(start);
    {
        auto threads = std::vector<std::jthread>();
        for (auto hours = 1; hours <= 8; ++hours) {
            threads.emplace_back([&clock, hours] {
                for (auto minutes = 0; minutes < 500; ++minutes) {
                    clock.advance_to(start + std::chrono::hours(hours * 100) + Minutes(minutes));
                }
            });
        }
    }
    auto const latest = start + std::chrono::hours(800) + Minutes(499);
    EXPECT_GE(clock.now(), latest);
    EXPECT_LT(clock.now(), latest + test_time);
}

TEST(SystemClock, tells_the_time_of_the_machine) {
    auto const before = std::chrono::system_clock::now();
    auto const now = SystemClock().now();
    EXPECT_GE(now, std::chrono::floor<Milliseconds>(before));
    EXPECT_LE(now, std::chrono::system_clock::now());
}

} // namespace
} // namespace base
