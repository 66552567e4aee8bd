// Days and hours that can be read in more than one way: opening hours decide, or the customer is asked.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"
#include "language/when.hpp"

namespace assistant {

/// Asks about a day or hour that is in doubt, past or impossible.
std::optional<Step> clear_up_doubt(Turn& turn, Heard const& heard);

/// Of the two readings of an hour, the one at which the business is open on `date` (on any day, without a date).
base::TimeOfDay hour_of(Shop const& shop, language::When const& when, std::optional<base::Date> date);
/// The dates among the options of a doubt.
std::vector<base::Date> dates_in(std::span<std::string const> options);

bool is_option(language::Ambiguity const& doubt, std::string const& option);

} // namespace assistant
