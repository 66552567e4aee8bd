// The rules of read_when for days.
#pragma once

#include <optional>
#include <vector>

#include "language/cursor.hpp"
#include "language/when.hpp"

namespace language {

/// One mention of a day. `doubt` empties the date, as in When.
struct DayMention {
    std::optional<base::Date> date;
    std::optional<base::Date> date_to;
    std::optional<Ambiguity::Code> doubt;
    std::vector<base::Date> options;
    unsigned bare_weekday = 0; ///< 1 to 7 when nothing but the weekday was said: a week named elsewhere decides
    bool is_week = false;
    bool is_relative = false; ///< hoy, mañana, pasado: a bare number after it is an hour
};

std::optional<DayMention> read_day(Cursor& at, base::Date today);
/// The first such weekday after `day`; 1 = Monday.
base::Date next_weekday(base::Date day, unsigned weekday);
base::Date monday_of(base::Date day);

} // namespace language
