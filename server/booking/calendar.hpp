// What takes the time of a business's chairs. Inside this room only; others use load_calendar of booking.hpp.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "schedule/availability.hpp"
#include "store/business.hpp"
#include "store/database.hpp"

namespace booking {

/// As load_calendar in booking.hpp, for who holds the business's row already. With `staff` only that chair's bookings
/// are loaded: enough for a query about that staff member.
base::Result<schedule::Calendar> load_calendar(store::Tx& tx, store::BusinessRow const& business, base::Instant from,
                                               base::Instant to, std::optional<base::BookingId> const& without,
                                               std::optional<base::StaffId> const& staff);

} // namespace booking
