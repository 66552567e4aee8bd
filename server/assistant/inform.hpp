// Questions about the business, answered beside whatever is under way.
#pragma once

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {

/// Puts the answers into the words of the turn. True when something was asked.
bool inform(Turn& turn, Heard const& heard);

} // namespace assistant
