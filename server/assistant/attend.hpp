// What she says of a booking that stands: that she comes, comes late, is there.
#pragma once

#include <optional>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {

/// The question of a reminder becomes what the dialogue waits for, whatever it waited for before.
void hear_reminder(Turn& turn);

/// Her answer to a reminder: it is noted that she comes, or the booking is changed. Empty when the message is about
/// something else.
std::optional<Step> answer_reminder(Turn& turn, Heard const& heard);

/// Whether she comes, asked once more.
Step ask_attendance(Turn& turn);

/// "llego 15 min tarde", "ya estoy aquí": noted for whoever expects her. Empty when she says nothing of the kind, or
/// nobody expects her today.
std::optional<Step> note_arrival(Turn& turn, Heard const& heard);

} // namespace assistant
