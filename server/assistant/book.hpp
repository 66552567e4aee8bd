// A new booking: from its first word to the committed row.
#pragma once

#include <optional>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {

/// Asks for what the draft lacks, in the order service, day, hour, name, confirmation; writes when nothing is missing
/// and nothing must be asked.
Step advance_booking(Turn& turn);

/// What a message changes in the booking being put together; empty when it was of no use.
std::optional<Step> answer_booking(Turn& turn, Heard const& heard);

/// Words for a write that was refused: with other starts where that helps.
Step write_refused(Turn& turn, ToolAnswer const& answer);

} // namespace assistant
