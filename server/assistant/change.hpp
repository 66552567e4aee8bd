// The customer's own bookings: telling them, moving one, cancelling one or all.
#pragma once

#include <optional>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {

/// Puts the list of them into words and keeps whatever is being put together; a step when they must be looked up, or
/// when there are none.
std::optional<Step> tell_bookings(Turn& turn);

/// Begins or goes on moving or cancelling, by draft.goal (none: asks which of the two).
Step change(Turn& turn, Heard const& heard);
/// The same for an answer; empty when the message was of no use.
std::optional<Step> answer_change(Turn& turn, Heard const& heard);
/// The pending question of a change again.
Step advance_change(Turn& turn);

} // namespace assistant
