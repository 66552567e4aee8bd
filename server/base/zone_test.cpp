#include "base/zone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

Zone zone(std::string_view name) { return Zone::find(name).value(); }

LocalTime local(std::string_view text) { return parse_local_time(text).value(); }

struct Case {
    char const* zone;
    char const* wall; ///< what the wall shows
    WallClock kind;
    char const* instant; ///< the instant it means, written in the same zone
};

class WallTimes : public testing::TestWithParam<Case> {};

TEST_P(WallTimes, mean_the_instant_of_the_policy) {
    auto const& [name, wall, kind, instant] = GetParam();
    EXPECT_EQ(zone(name).wall_clock(local(wall)), kind);
    EXPECT_EQ(zone(name).format(zone(name).to_instant(local(wall))), instant);
    EXPECT_EQ(zone(name).to_instant(local(wall)), parse_instant(instant));
}

constexpr auto unique = WallClock::unique;
constexpr auto gap = WallClock::gap;
constexpr auto overlap = WallClock::overlap;

INSTANTIATE_TEST_SUITE_P(
    Madrid, WallTimes,
    testing::Values(Case{"Europe/Madrid", "2026-10-22T10:00", unique, "2026-10-22T10:00:00+02:00"},
                    Case{"Europe/Madrid", "2026-12-01T10:00", unique, "2026-12-01T10:00:00+01:00"},
                    Case{"Europe/Madrid", "2026-03-29T01:59", unique, "2026-03-29T01:59:00+01:00"},
                    Case{"Europe/Madrid", "2026-03-29T02:00", gap, "2026-03-29T03:00:00+02:00"},
                    Case{"Europe/Madrid", "2026-03-29T02:59", gap, "2026-03-29T03:00:00+02:00"},
                    Case{"Europe/Madrid", "2026-03-29T03:00", unique, "2026-03-29T03:00:00+02:00"},
                    Case{"Europe/Madrid", "2026-10-25T01:59", unique, "2026-10-25T01:59:00+02:00"},
                    Case{"Europe/Madrid", "2026-10-25T02:00", overlap, "2026-10-25T02:00:00+02:00"},
                    Case{"Europe/Madrid", "2026-10-25T02:59", overlap, "2026-10-25T02:59:00+02:00"},
                    Case{"Europe/Madrid", "2026-10-25T03:00", unique, "2026-10-25T03:00:00+01:00"},
                    Case{"Europe/Madrid", "2036-07-01T10:00", unique, "2036-07-01T10:00:00+02:00"}));

INSTANTIATE_TEST_SUITE_P(
    Elsewhere, WallTimes,
    testing::Values(Case{"Atlantic/Canary", "2026-03-29T01:30", gap, "2026-03-29T02:00:00+01:00"},
                    Case{"Australia/Lord_Howe", "2026-10-04T02:15", gap, "2026-10-04T02:30:00+11:00"},
                    Case{"Australia/Lord_Howe", "2026-04-05T01:45", overlap, "2026-04-05T01:45:00+11:00"},
                    Case{"Australia/Lord_Howe", "2026-04-05T02:00", unique, "2026-04-05T02:00:00+10:30"},
                    Case{"America/Santiago", "2026-09-06T00:00", gap, "2026-09-06T01:00:00-03:00"},
                    Case{"America/Santiago", "2026-09-06T00:30", gap, "2026-09-06T01:00:00-03:00"},
                    Case{"America/Santiago", "2026-04-04T23:30", overlap, "2026-04-04T23:30:00-03:00"},
                    Case{"America/Asuncion", "2024-10-06T00:30", gap, "2024-10-06T01:00:00-03:00"},
                    Case{"America/Asuncion", "2026-07-01T10:00", unique, "2026-07-01T10:00:00-03:00"},
                    Case{"America/Mexico_City", "2026-07-01T10:00", unique, "2026-07-01T10:00:00-06:00"},
                    Case{"America/Argentina/Buenos_Aires", "2026-01-01T00:00", unique, "2026-01-01T00:00:00-03:00"},
                    Case{"America/St_Johns", "2026-01-15T09:00", unique, "2026-01-15T09:00:00-03:30"},
                    Case{"UTC", "2026-03-29T02:30", unique, "2026-03-29T02:30:00+00:00"}));

TEST(Zone, is_found_by_its_exact_name_only) {
    EXPECT_EQ(zone("Europe/Madrid").name(), "Europe/Madrid");
    EXPECT_EQ(zone("Etc/UTC").name(), "Etc/UTC");
    for (auto const* name :
         {"", "europe/madrid", "Europe", "Europe/", "Europe/Madrid ", "/Europe/Madrid", "../../etc/passwd",
          "../zoneinfo/Europe/Madrid", "posix/Europe/Madrid", "localtime", "Factory", "tzdata.zi", "+02:00"}) {
        auto const found = Zone::find(name);
        ASSERT_FALSE(found) << name;
        EXPECT_EQ(found.error().code, "unknown_timezone") << name;
    }
    EXPECT_FALSE(Zone::find(std::string_view("UTC\0", 4)));
}

TEST(Zone, is_utc_by_default) {
    EXPECT_EQ(Zone().name(), "UTC");
    EXPECT_EQ(Zone(), zone("UTC"));
    EXPECT_EQ(Zone().format(from_millis(999)), "1970-01-01T00:00:00+00:00");
}

TEST(Zone, shows_an_instant_cut_to_the_minute) {
    auto const instant = parse_instant("2026-10-22T10:00:59.999+02:00").value();
    EXPECT_EQ(format_local_time(zone("Europe/Madrid").to_local(instant)), "2026-10-22T10:00");
    EXPECT_EQ(zone("Europe/Madrid").format(instant), "2026-10-22T10:00:59+02:00");
    EXPECT_EQ(format_local_time(Zone().to_local(from_millis(-1))), "1969-12-31T23:59");
}

TEST(OffsetSpan, lasts_from_one_change_of_clocks_to_the_next) {
    auto const summer = zone("Europe/Madrid").span_at(parse_instant("2026-07-01T00:00:00Z").value());
    EXPECT_EQ(summer.from, parse_instant("2026-03-29T01:00:00Z"));
    EXPECT_EQ(summer.to, parse_instant("2026-10-25T01:00:00Z"));
    EXPECT_EQ(summer.offset, Minutes(120));
    auto const winter = zone("Europe/Madrid").span_at(summer.to);
    EXPECT_EQ(winter.from, summer.to);
    EXPECT_EQ(winter.offset, Minutes(60));
}

TEST(OffsetSpan, of_a_zone_without_changes_is_long_and_can_be_written) {
    auto const span = Zone().span_at(from_millis(0));
    EXPECT_LT(span.from, parse_instant("1900-01-01T00:00:00Z"));
    EXPECT_GT(span.to, parse_instant("2100-01-01T00:00:00Z"));
    EXPECT_EQ(format_utc(span.to), "9999-12-31T00:00:00.000Z");
}

TEST(Zone, bears_absurd_times) {
    for (auto const millis : {INT64_MIN, INT64_MAX}) {
        EXPECT_EQ(zone("Europe/Madrid").format(from_millis(millis)).size(), 25U);
        EXPECT_NO_THROW(zone("Europe/Madrid").to_local(from_millis(millis)));
        EXPECT_NO_THROW(zone("Europe/Madrid").span_at(from_millis(millis)));
        EXPECT_NO_THROW(zone("Europe/Madrid").to_instant(LocalTime(Minutes(millis))));
    }
}

TEST(CheckTimeZones, passes_on_this_machine) { EXPECT_TRUE(check_time_zones()); }

constexpr char const* zones[] = {"Europe/Madrid",    "Atlantic/Canary", "America/Mexico_City", "America/Santiago",
                                 "America/Asuncion", "America/Bogota",  "America/New_York",    "America/St_Johns",
                                 "Asia/Kathmandu",   "Pacific/Chatham", "Africa/Casablanca",   "America/Sao_Paulo",
                                 "Pacific/Apia",     "America/Caracas", "America/Tijuana",     "UTC"};

Zone any_zone() { return zone(*rc::gen::elementOf(std::vector<std::string>(std::begin(zones), std::end(zones)))); }

Instant any_instant() {
    auto const from = parse_instant("1975-01-01T00:00:00Z").value();
    auto const to = parse_instant("2037-01-01T00:00:00Z").value();
    return from_millis(*rc::gen::inRange(to_millis(from), to_millis(to)));
}

RC_GTEST_PROP(Zone, format_names_the_same_second, ()) {
    auto const instant = any_instant();
    RC_ASSERT(parse_instant(any_zone().format(instant)) == std::chrono::floor<Seconds>(instant));
}

RC_GTEST_PROP(Zone, leads_from_the_wall_to_an_instant_and_back, ()) {
    auto const place = any_zone();
    auto const wall = LocalTime(std::chrono::floor<Minutes>(any_instant().time_since_epoch()));
    auto const instant = place.to_instant(wall);
    auto const back = place.to_local(instant);
    auto const is_kept = place.wall_clock(wall) == WallClock::gap ? back > wall : back == wall;
    RC_ASSERT(is_kept);
    if (place.wall_clock(wall) == WallClock::gap) RC_ASSERT(place.span_at(instant).from == instant);
    if (place.wall_clock(wall) == WallClock::overlap)
        RC_ASSERT(place.span_at(instant).to - instant <= Minutes(60 * 24));
}

RC_GTEST_PROP(OffsetSpan, surrounds_its_instant_and_meets_the_next, ()) {
    auto const place = any_zone();
    auto const instant = any_instant();
    auto const span = place.span_at(instant);
    RC_ASSERT(span.from <= instant && instant < span.to);
    RC_ASSERT(place.to_local(instant) ==
              std::chrono::floor<Minutes>(LocalTime(Minutes(0)) + instant.time_since_epoch() + span.offset));
    RC_ASSERT(place.span_at(span.to).from == span.to || span.to > parse_instant("2037-01-01T00:00:00Z"));
}

} // namespace
} // namespace base
