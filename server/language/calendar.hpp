// Days, weeks and months around a day.
#pragma once

#include <optional>

#include "base/time.hpp"

namespace language {

using Month = std::chrono::year_month;

base::Date monday_of(base::Date day);
/// The first such weekday after `day`; 1 = Monday.
base::Date next_weekday(base::Date day, unsigned weekday);

Month month_of(base::Date day);
base::Date first_of(Month month);
base::Date last_of(Month month);
/// The next such month (1 to 12), this one included.
Month coming_month(unsigned month, base::Date today);
/// The next day of that number (1 to 31), today included, in a month that has it.
base::Date coming_day(unsigned number, base::Date today);
/// The next such date, today included; nothing when no year has it.
std::optional<base::Date> coming_date(unsigned month, unsigned day, base::Date today);
std::optional<base::Date> date_in(Month month, unsigned day);
/// The same number in a later month, or the last day of a shorter one.
base::Date months_after(base::Date day, int months);

} // namespace language
