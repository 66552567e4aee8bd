#include <gtest/gtest.h>

#include "wording/wording.hpp"

namespace wording {
namespace {

using business::Tone;

constexpr auto today = base::make_date(2026, 10, 21);
Voice spanish(std::string_view country = "ES") { return {"es", Tone::tu, std::string(country)}; }
Voice english() { return {"en", Tone::tu, "ES"}; }

TEST(Day, IsWrittenWithItsWeekday) {
    EXPECT_EQ(day(spanish(), base::make_date(2026, 10, 22), today), "jueves 22 de octubre");
    EXPECT_EQ(day(spanish(), base::make_date(2026, 10, 24), today), "sábado 24 de octubre");
    EXPECT_EQ(day(spanish(), base::make_date(2027, 1, 6), today), "miércoles 6 de enero de 2027");
    EXPECT_EQ(day(english(), base::make_date(2026, 10, 22), today), "Thursday 22 October");
    EXPECT_EQ(day(english(), base::make_date(2027, 1, 6), today), "Wednesday 6 January 2027");
}

TEST(Day, IsTodayOrTomorrowWhenItIs) {
    EXPECT_EQ(relative_day(spanish(), today, today), "hoy");
    EXPECT_EQ(relative_day(spanish(), base::make_date(2026, 10, 22), today), "mañana, jueves 22 de octubre");
    EXPECT_EQ(relative_day(spanish(), base::make_date(2026, 10, 23), today), "el viernes 23 de octubre");
    EXPECT_EQ(relative_day(spanish(), base::make_date(2026, 10, 20), today), "el martes 20 de octubre");
    EXPECT_EQ(relative_day(english(), base::make_date(2026, 10, 22), today), "tomorrow, Thursday 22 October");
    EXPECT_EQ(relative_day(english(), base::make_date(2026, 10, 23), today), "Friday 23 October");
}

TEST(Day, HasAShortForm) {
    EXPECT_EQ(short_day(spanish(), base::make_date(2026, 10, 22)), "jue 22 oct");
    EXPECT_EQ(short_day(spanish(), base::make_date(2026, 9, 2)), "mié 2 sep");
    EXPECT_EQ(short_day(english(), base::make_date(2026, 12, 5)), "Sat 5 Dec");
}

TEST(Time, IsOnThe24HourClock) {
    EXPECT_EQ(time(base::TimeOfDay(9 * 60 + 5)), "09:05");
    EXPECT_EQ(time(base::TimeOfDay(17 * 60 + 15)), "17:15");
}

TEST(Price, IsWrittenAsTheCountryDoes) {
    struct Row {
        std::string_view country;
        std::int64_t minor;
        std::string_view currency;
        std::string_view expected;
    };
    for (auto const& row : std::vector<Row>{{"ES", 2800, "EUR", "28 €"},
                                            {"ES", 2850, "EUR", "28,50 €"},
                                            {"ES", 2805, "EUR", "28,05 €"},
                                            {"ES", 125000, "EUR", "1.250 €"},
                                            {"ES", 0, "EUR", "0 €"},
                                            {"MX", 45000, "MXN", "$450"},
                                            {"MX", 145050, "MXN", "$1,450.50"},
                                            {"AR", 1200000, "ARS", "$12.000"},
                                            {"CO", 4500000, "COP", "$45.000"},
                                            {"CL", 12000, "CLP", "$12.000"},
                                            {"CL", 1200000, "CLP", "$1.200.000"},
                                            {"US", 2550, "USD", "$25.50"},
                                            {"AR", 2500, "USD", "US$25"},
                                            {"PE", 4500, "PEN", "S/ 45"},
                                            {"UY", 90000, "UYU", "$900"},
                                            {"PY", 50000, "PYG", "₲ 50.000"},
                                            {"GB", 2550, "GBP", "£25.50"},
                                            {"BR", 4500, "BRL", "R$ 45"},
                                            {"DO", 150000, "DOP", "$1,500"},
                                            {"CR", 1200000, "CRC", "₡12.000"}}) {
        EXPECT_EQ(price(spanish(row.country), row.minor, row.currency), row.expected);
    }
}

TEST(Duration, IsInHoursFromAnHourOn) {
    EXPECT_EQ(duration(base::Minutes(45)), "45 min");
    EXPECT_EQ(duration(base::Minutes(60)), "1 h");
    EXPECT_EQ(duration(base::Minutes(90)), "1 h 30 min");
}

} // namespace
} // namespace wording
