#include "schedule/busy_time.hpp"

#include <gtest/gtest.h>

namespace schedule {
namespace {

using base::Minutes;

base::Instant minute(int n) { return base::Instant() + Minutes(n); }
base::Interval between(int from, int to) { return {minute(from), minute(to)}; }

constexpr auto year = 525'600;

TEST(BusyTime, counts_overlaps_once_and_leaves_the_gaps_free) {
    // In each order; the crowd in one corner of a long window defeats a distribution by start.
    std::vector<base::Interval> crowd;
    for (auto i = 0; i < 100; ++i)
        crowd.push_back(between(3 * i, 3 * i + 2));
    for (auto i = 0; i < 100; i += 10)
        crowd.push_back(between(3 * i, 3 * i + 1));
    for (auto const& busy : {crowd, std::vector(crowd.rbegin(), crowd.rend())}) {
        BusyTime time(busy, between(-10, year));
        EXPECT_EQ(time.taken_of(between(0, 150)), Minutes(100));
        EXPECT_EQ(time.taken_of(between(150, 300)), Minutes(100));
        for (auto i = 0; i < 300; ++i)
            EXPECT_EQ(time.is_free(between(i, i + 1)), i % 3 == 2) << i;
        EXPECT_TRUE(time.is_free(between(299, year)));
    }
}

TEST(BusyTime, is_half_open_and_knows_nothing_beyond_its_window) {
    BusyTime time({between(10, 20), between(30, 30), between(90, 200), between(20, 25)}, between(0, 100));
    EXPECT_TRUE(time.is_free(between(0, 10)));
    EXPECT_FALSE(time.is_free(between(9, 11)));
    EXPECT_FALSE(time.is_free(between(20, 25)));
    EXPECT_TRUE(time.is_free(between(25, 90)));
    EXPECT_EQ(time.taken_of(between(0, 1000)), Minutes(25));
}

} // namespace
} // namespace schedule
