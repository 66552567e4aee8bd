#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

Instant at(int year, unsigned month, unsigned day, int hours, int minutes, int millis = 0) {
    return Instant(make_date(year, month, day).time_since_epoch() + std::chrono::hours(hours) + Minutes(minutes) +
                   Milliseconds(millis));
}

TEST(Date, is_read_only_in_its_one_form) {
    EXPECT_EQ(parse_date("2026-10-22"), make_date(2026, 10, 22));
    EXPECT_EQ(parse_date("2028-02-29"), make_date(2028, 2, 29));
    EXPECT_EQ(parse_date("1900-01-01"), make_date(1900, 1, 1));
    EXPECT_EQ(parse_date("2100-12-31"), make_date(2100, 12, 31));
    for (auto const* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-10-00", "1899-12-31", "2101-01-01",
                             "2026-1-1", "26-10-22", "2026/10/22", "2026-10-22 ", " 2026-10-22", "2026-10-221",
                             "+026-10-22", "2026--1-22", "2026-10-2x"}) {
        EXPECT_EQ(parse_date(text), std::nullopt) << text;
    }
}

TEST(TimeOfDay, ends_with_24_00) {
    EXPECT_EQ(parse_time_of_day("00:00"), Minutes(0));
    EXPECT_EQ(parse_time_of_day("09:05"), Minutes(545));
    EXPECT_EQ(parse_time_of_day("24:00"), Minutes(1440));
    for (auto const* text : {"", "9:00", "09:60", "24:01", "25:00", "09:00:00", "0900", "09.00", "-1:00"}) {
        EXPECT_EQ(parse_time_of_day(text), std::nullopt) << text;
    }
}

TEST(Instant, is_read_with_its_offset_and_fraction) {
    auto const expected = at(2026, 10, 22, 8, 0);
    EXPECT_EQ(parse_instant("2026-10-22T08:00:00Z"), expected);
    EXPECT_EQ(parse_instant("2026-10-22t08:00:00z"), expected);
    EXPECT_EQ(parse_instant("2026-10-22T10:00:00+02:00"), expected);
    EXPECT_EQ(parse_instant("2026-10-22T02:30:00-05:30"), expected);
    EXPECT_EQ(parse_instant("2026-10-22T08:00:00-00:00"), expected);
    EXPECT_EQ(parse_instant("2026-10-22T08:00:00.0409999Z"), expected + Milliseconds(40));
    EXPECT_EQ(parse_instant("2026-10-22T08:00:59.9Z"), expected + Milliseconds(59'900));
    EXPECT_EQ(parse_instant("2027-01-01T00:30:00+01:00"), at(2026, 12, 31, 23, 30));
}

TEST(Instant, without_offset_or_seconds_is_refused) {
    for (auto const* text :
         {"", "2026-10-22", "2026-10-22T08:00:00", "2026-10-22T08:00Z", "2026-10-22 08:00:00Z", "2026-10-22T08:00:60Z",
          "2026-10-22T24:00:00Z", "2026-10-22T08:60:00Z", "2026-10-22T08:00:00.Z", "2026-10-22T08:00:00+0200",
          "2026-10-22T08:00:00+24:00", "2026-10-22T08:00:00+02:60", "2026-10-22T08:00:00Zz", "2026-02-30T08:00:00Z",
          "2026-10-22T08:00:00+02:00 "}) {
        EXPECT_EQ(parse_instant(text), std::nullopt) << text;
    }
}

TEST(Instant, may_have_a_fraction_of_any_length) {
    auto const text = "2026-10-22T08:00:00.123" + std::string(10'000, '9') + "Z";
    EXPECT_EQ(parse_instant(text), at(2026, 10, 22, 8, 0, 123));
}

TEST(LocalTime, has_whole_minutes_and_no_offset) {
    auto const expected = make_date(2026, 10, 22) + Minutes(600);
    EXPECT_EQ(parse_local_time("2026-10-22T10:00"), expected);
    EXPECT_EQ(parse_local_time("2026-10-22T10:00:00"), expected);
    for (auto const* text : {"", "2026-10-22", "2026-10-22T10:00Z", "2026-10-22T10:00:01", "2026-10-22T10:00:00+02:00",
                             "2026-10-22T24:00", "2026-10-22 10:00"}) {
        EXPECT_EQ(parse_local_time(text), std::nullopt) << text;
    }
}

TEST(Format, writes_every_part_with_its_zeros) {
    EXPECT_EQ(format_date(make_date(2026, 1, 2)), "2026-01-02");
    EXPECT_EQ(format_time_of_day(Minutes(65)), "01:05");
    EXPECT_EQ(format_time_of_day(Minutes(1440)), "24:00");
    EXPECT_EQ(format_local_time(make_date(2026, 1, 2) + Minutes(65)), "2026-01-02T01:05");
    EXPECT_EQ(format_utc(at(2026, 1, 2, 3, 4, 5'006)), "2026-01-02T03:04:05.006Z");
    EXPECT_EQ(format_utc(at(1969, 12, 31, 23, 59, 59'999)), "1969-12-31T23:59:59.999Z");
}

TEST(Format, of_an_absurd_instant_stays_inside_its_buffer) {
    EXPECT_EQ(format_utc(from_millis(INT64_MAX)).size(), 24U);
    EXPECT_EQ(format_utc(from_millis(INT64_MIN)).size(), 24U);
}

TEST(IsoWeekday, begins_on_monday) {
    EXPECT_EQ(iso_weekday(make_date(2026, 10, 19)), 1U);
    EXPECT_EQ(iso_weekday(make_date(2026, 10, 25)), 7U);
}

TEST(Interval, excludes_its_end) {
    auto const morning = Interval{at(2026, 10, 22, 9, 0), at(2026, 10, 22, 10, 0)};
    auto const next = Interval{morning.to, at(2026, 10, 22, 11, 0)};
    EXPECT_FALSE(morning.overlaps(next));
    EXPECT_FALSE(next.overlaps(morning));
    EXPECT_TRUE(morning.overlaps({morning.from + Minutes(59), next.to}));
    EXPECT_TRUE(morning.contains(morning));
    EXPECT_FALSE(morning.contains({morning.from, next.from + Minutes(1)}));
}

RC_GTEST_PROP(Format, is_undone_by_parsing, ()) {
    auto const first = to_millis(at(1900, 1, 1, 0, 0));
    auto const instant = from_millis(*rc::gen::inRange(first, to_millis(at(2101, 1, 1, 0, 0))));
    auto const local = LocalTime(std::chrono::floor<Minutes>(instant.time_since_epoch()));
    RC_ASSERT(parse_instant(format_utc(instant)) == instant);
    RC_ASSERT(parse_local_time(format_local_time(local)) == local);
    RC_ASSERT(parse_date(format_date(date_of(local))) == date_of(local));
    RC_ASSERT(parse_time_of_day(format_time_of_day(time_of_day(local))) == time_of_day(local));
}

RC_GTEST_PROP(Parsing, never_fails_hard_on_any_text, (std::string const& text)) {
    parse_instant(text);
    parse_local_time(text);
    RC_ASSERT(!parse_date(text) || text.size() == 10);
    RC_ASSERT(!parse_time_of_day(text) || text.size() == 5);
}

} // namespace
} // namespace base
