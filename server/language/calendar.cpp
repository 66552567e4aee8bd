#include "language/calendar.hpp"

#include <algorithm>

namespace language {

using base::Date;
using std::chrono::days;

Date monday_of(Date day) { return day - days(base::iso_weekday(day) - 1); }

Date next_weekday(Date day, unsigned weekday) {
    auto const ahead = (weekday + 7 - base::iso_weekday(day)) % 7;
    return day + days(ahead == 0 ? 7 : ahead);
}

Month month_of(Date day) {
    auto const date = std::chrono::year_month_day(day);
    return date.year() / date.month();
}

Date first_of(Month month) { return Date(month / 1); }
Date last_of(Month month) { return Date(month / std::chrono::last); }

Month coming_month(unsigned month, Date today) {
    auto const now = month_of(today);
    auto const same_year = now.year() / std::chrono::month(month);
    return same_year < now ? same_year + std::chrono::years(1) : same_year;
}

Date coming_day(unsigned number, Date today) {
    auto month = month_of(today);
    while (!date_in(month, number) || *date_in(month, number) < today)
        month += std::chrono::months(1);
    return *date_in(month, number);
}

std::optional<Date> coming_date(unsigned month, unsigned day, Date today) {
    auto const year = std::chrono::year_month_day(today).year();
    for (auto later = 0; later <= 8; ++later) { // between two 29ths of February lie at most eight years
        auto const date = date_in((year + std::chrono::years(later)) / std::chrono::month(month), day);
        if (date && *date >= today) return date;
    }
    return std::nullopt;
}

std::optional<Date> date_in(Month month, unsigned day) {
    auto const date = month / std::chrono::day(day);
    return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

Date months_after(Date day, int months) {
    auto const month = month_of(day) + std::chrono::months(months);
    return std::min(first_of(month) + (day - first_of(month_of(day))), last_of(month));
}

} // namespace language
