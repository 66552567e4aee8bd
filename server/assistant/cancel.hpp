// Cancelling own bookings.
#pragma once

#include "assistant/own_bookings.hpp"

namespace assistant {

/// Asks which one and whether really, and cancels after a yes. `bookings` is not empty.
Step cancel(Turn& turn, Heard const& heard, Bookings const& bookings);

} // namespace assistant
