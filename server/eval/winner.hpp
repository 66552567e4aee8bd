// The assistant who knows the end state: it proves that a scenario can be won. It asks the customer to confirm what is
// expected, does it by the public booking functions with all rules on, and says what has to be said; if the judge does
// not let it pass, nobody can.
#pragma once

#include "eval/answering.hpp"

namespace eval {

Answerer the_winner();

} // namespace eval
