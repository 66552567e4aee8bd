// Weekdays and months by name, abbreviation and with one letter wrong.
#pragma once

#include "language/tokens.hpp"

namespace language {

/// 1 = Monday … 7; 0 when the token names none.
unsigned weekday_named(Token const& token);
/// 1 to 12, or 0.
unsigned month_named(Token const& token);

} // namespace language
