// The twelve-hour clock of speech on the twenty-four hours of the day.
#pragma once

#include <optional>

#include "language/time_words.hpp"

namespace language {

/// A clock time as said, not yet put on the 24-hour clock.
struct SaidHour {
    int minutes = 0; ///< since midnight, of the figures said: "6 y media" is 390
    Mark mark = Mark::none;
    bool exists = true;
};

/// What a part of the day says of an hour mentioned with it.
Mark mark_of(PartOfDay part);

/// An hour on the 24-hour clock: the likelier reading, and the other one when both are possible.
struct ClockTime {
    base::TimeOfDay time;
    std::optional<base::TimeOfDay> other;
    bool is_open = false; ///< neither is likelier: 8:00 to 8:59
};
ClockTime read_clock(SaidHour hour);
/// The first time after `from` that `to` may mean; midnight is the end of the day.
base::TimeOfDay first_after(base::TimeOfDay from, SaidHour to);

} // namespace language
