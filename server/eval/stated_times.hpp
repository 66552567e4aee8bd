// A clock time as a reply writes it, at one place of a sentence.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "eval/tokens.hpp"

namespace eval {

struct StatedTime {
    base::TimeOfDay time;
    bool either_half = false;  ///< unmarked: may be twelve hours later
    bool is_start = true;      ///< not a limit, not opening hours
    std::ptrdiff_t length = 0; ///< in tokens, with the end of its range
};

/// "17:15", "17.15 h", "17h15", "18 hs", "a las 6 y media de la tarde", "6 pm", "6:00 p. m.", "at 6", "10:00–10:45"
/// (its begin).
std::optional<StatedTime> time_at(Tokens const& tokens, std::ptrdiff_t at);

} // namespace eval
