// Moving an own booking.
#pragma once

#include "assistant/own_bookings.hpp"

namespace assistant {

/// Asks which one and where to, and moves it after a yes. `bookings` is not empty.
Step move(Turn& turn, Heard heard, Bookings const& bookings);

} // namespace assistant
