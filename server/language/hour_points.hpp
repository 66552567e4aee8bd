// A single hour as spoken or written, from which the rules about hours are made.
#pragma once

#include <optional>

#include "language/when_rules.hpp"

namespace language {

/// How an hour is told from other numbers: by words before it, or by what is written with it.
enum class Demand {
    announced, ///< "a las" stands before it: whatever is said behind it is not counted by it
    opened,    ///< "tipo", "de", "mañana" stand before it
    marked,    ///< it must show itself: "5pm", "17:30", "5 y media"
    between,   ///< like opened, and the next "y" joins two hours: "entre 4 y 6"
};
std::optional<SaidHour> read_point(Reading& at, Demand demand);

enum class Opening {
    firm,  ///< "a las": what follows is an hour, even an impossible one
    loose, ///< "tipo", "las"
    one,   ///< "a la"
};
/// "a las", "tipo", "como a la", "around"
std::optional<Opening> take_opening(Reading& at);

/// "cuarto para las 6", "diez para las 4", "half past four"
std::optional<SaidHour> read_minutes_to(Reading& at);

} // namespace language
