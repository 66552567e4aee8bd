#include "api/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace api {
namespace {

using namespace std::chrono_literals;
using Moment = RateLimiter::Moment;

base::SystemRandom system_random;
auto const start = Moment(1h);
constexpr auto three_a_minute = Rate{"test", 3, 60s};
constexpr auto none = RateLimiter::Wait(0);

TEST(RateLimiter, GivesSomeAtOnceAndThenOneAfterTheOther) {
    auto limiter = RateLimiter(three_a_minute, 8, system_random);
    for (auto i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.take("ana", start), none);
    EXPECT_EQ(limiter.take("ana", start), 20s);
    EXPECT_EQ(limiter.take("ana", start + 19s), 1s);
    EXPECT_EQ(limiter.take("ana", start + 20s), none);
    EXPECT_EQ(limiter.take("ana", start + 20s), 20s);
    EXPECT_EQ(limiter.take("eva", start + 20s), none);
}

TEST(RateLimiter, LetsInWhoWaitsAsLongAsToldHoweverOftenThatWasNeeded) {
    auto limiter = RateLimiter({"test", 3, 60s, Insistence::doubles_the_wait}, 8, system_random);
    auto now = start;
    for (auto i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.take("ana", now), none);
    EXPECT_EQ(limiter.take("ana", now), 40s);
    EXPECT_EQ(limiter.take("ana", now), 60s) << "never longer than the period";
    EXPECT_EQ(limiter.take("ana", now), 60s);
    now += 60s;
    EXPECT_EQ(limiter.take("ana", now), none);
    now += 10min;
    for (auto i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.take("ana", now), none) << "all is forgotten";
}

TEST(RateLimiter, NeverGivesMoreThanAllAtOnceHoweverMuchIsPutBack) {
    auto limiter = RateLimiter(three_a_minute, 8, system_random);
    for (auto i = 0; i < 9; ++i)
        limiter.give_back("ana", start);
    auto given = 0;
    for (auto i = 0; i < 9; ++i)
        given += limiter.take("ana", start) == none ? 1 : 0;
    EXPECT_EQ(given, 3);
}

TEST(RateLimiter, PutsBackWhatWasTaken) {
    auto limiter = RateLimiter(three_a_minute, 8, system_random);
    for (auto i = 0; i < 50; ++i) {
        EXPECT_EQ(limiter.take("ana", start), none);
        limiter.give_back("ana", start);
    }
}

TEST(RateLimiter, ForgetsTheEmptiestFirstWhenItIsFull) {
    auto limiter = RateLimiter(three_a_minute, 8, system_random);
    for (auto i = 0; i < 3; ++i)
        limiter.take("greedy", start);
    for (auto i = 0; i < 1000; ++i)
        EXPECT_EQ(limiter.take(std::to_string(i), start), none);
    EXPECT_NE(limiter.take("greedy", start), none);
}

TEST(RateLimiter, CountsThreadsTogether) {
    auto limiter = RateLimiter({"test", 1000, 3600s}, 64, system_random);
    auto given = std::atomic<int>(0);
    {
        auto threads = std::vector<std::jthread>();
        for (auto i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (auto n = 0; n < 500; ++n)
                    given += limiter.take("ana", start) == none ? 1 : 0;
            });
    }
    EXPECT_EQ(given, 1000);
}

} // namespace
} // namespace api
