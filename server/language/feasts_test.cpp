#include "language/feasts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace language {
namespace {

/// The public holidays of a year as "MM-DD …".
std::string holidays(std::string_view country, int year) {
    auto list = std::string();
    auto day = next_holiday(country, base::make_date(year, 1, 1));
    for (; day && *day <= base::make_date(year, 12, 31); day = next_holiday(country, *day + std::chrono::days(1)))
        list += (list.empty() ? "" : " ") + base::format_date(*day).substr(5);
    return list;
}

/// As the official calendars of 2026 have them, without those of single regions (Maundy Thursday is kept in most
/// of Spain).
TEST(Feasts, HaveThePublicHolidaysOfEachCountry) {
    EXPECT_EQ(holidays("ES", 2026), "01-01 01-06 04-02 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25");
    EXPECT_EQ(holidays("MX", 2026), "01-01 02-02 03-16 05-01 09-16 11-16 12-25");
    EXPECT_EQ(holidays("CO", 2026),
              "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-20 08-07 08-17 10-12 11-02 "
              "11-16 12-08 12-25");
    EXPECT_EQ(holidays("AR", 2026),
              "01-01 02-16 02-17 03-24 04-02 04-03 05-01 05-25 06-15 06-20 07-09 08-17 10-12 11-23 12-08 "
              "12-25");
    EXPECT_EQ(holidays("CL", 2026),
              "01-01 04-03 04-04 05-01 05-21 06-21 06-29 07-16 08-15 09-18 09-19 10-12 10-31 11-01 12-08 "
              "12-25");
    EXPECT_EQ(holidays("XX", 2026), "");
}

TEST(Feasts, BridgeOneWorkingDay) {
    auto const december = next_long_weekend("ES", base::make_date(2026, 12, 1)); // the 8th is a Tuesday
    ASSERT_TRUE(december);
    EXPECT_EQ(base::format_date(december->from), "2026-12-05");
    EXPECT_EQ(base::format_date(december->to), "2026-12-08");
    EXPECT_FALSE(next_long_weekend("XX", base::make_date(2026, 12, 1)));
}

} // namespace
} // namespace language
