// What a change of the configuration does to the bookings there are: never anything by itself. The answer lists them.
#pragma once

#include <functional>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "store/booking.hpp"
#include "store/database.hpp"

namespace api {

/// Runs `change` and answers the active bookings to come, by start, that fitted before it and no longer do: outside the
/// hours, in a block, with somebody who left or does not do this, of a service that is gone or takes longer now, or at
/// another hour by the clock than agreed. What did not fit before (the owner set a rule aside) is not listed.
/// Takes the locks of all staff first, so that no booking slips in between.
base::Result<std::vector<store::BookingDetails>> affected_by(store::Tx& tx, base::BusinessId const& business,
                                                             base::Instant now,
                                                             std::function<base::Result<void>()> const& change);

} // namespace api
