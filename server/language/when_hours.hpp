// The rules of read_when for clock times and parts of the day.
#pragma once

#include <optional>

#include "language/cursor.hpp"
#include "language/when.hpp"

namespace language {

/// What tells six in the morning from six in the evening.
enum class Mark { none, am, morning, midday, afternoon, night, exact };

/// A clock time as said, not yet put on the 24-hour clock.
struct SaidHour {
    int minutes = 0; ///< since midnight, of the figures said: "6 y media" is 390
    Mark mark = Mark::none;
};

/// One mention of an hour or a stretch of hours.
struct HourMention {
    std::optional<SaidHour> from; ///< neither end: the time said does not exist
    std::optional<SaidHour> to;
    bool is_point = false;                 ///< `from` is the hour itself, not the start of a stretch
    std::optional<base::LocalTime> moment; ///< "en media hora": counted from now
};
/// `after_day` tells that a bare number is an hour: "mañana 14".
std::optional<HourMention> read_hour(Cursor& at, base::LocalTime now, bool after_day);

struct PartMention {
    PartOfDay part = PartOfDay::none;
    std::optional<int> days_from_today = {}; ///< "esta tarde", "ahorita" and "anoche" are days as well
};
std::optional<PartMention> read_part(Cursor& at);
/// What a part of the day says of an hour mentioned with it.
Mark mark_of(PartOfDay part);

/// An hour on the 24-hour clock: the likelier reading, and the other one when both are possible.
struct ClockTime {
    base::TimeOfDay time;
    std::optional<base::TimeOfDay> other;
    bool is_open = false; ///< neither is likelier: 8:00 to 8:59
};
ClockTime read_clock(SaidHour hour);
/// The first time after `from` that `to` may mean.
base::TimeOfDay first_after(base::TimeOfDay from, SaidHour to);

} // namespace language
