// Runs one tool of the assistant inside the transaction of its turn. Who the customer is comes from the conversation,
// never from an argument. Refusals come back as data; an Error means that the turn must be undone and tried again.
#pragma once

#include "assistant/next.hpp"
#include "assistant/tool_call.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "booking/booking.hpp"
#include "store/database.hpp"

namespace tools {

/// For whom and when a tool runs.
struct Bench {
    base::BusinessId business;
    base::CustomerId customer;
    booking::Origin origin = booking::Origin::guided;
    assistant::Shop const& shop;
    base::Instant now;
    base::Random& random;
};

base::Result<assistant::ToolAnswer> run(store::Tx& tx, Bench const& bench, assistant::ToolCall const& call);

} // namespace tools
