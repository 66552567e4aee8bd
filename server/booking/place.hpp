// Finds the chair for a booking under the staff rows' locks. Inside this room only.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "base/zone.hpp"
#include "schedule/availability.hpp"
#include "store/business.hpp"
#include "store/database.hpp"

namespace booking {

struct Claim {
    business::Service service;
    base::Instant starts_at;
    std::optional<base::StaffId> staff;     ///< absent: whoever is free
    std::optional<base::StaffId> preferred; ///< taken before others if she is among the free
    schedule::Overrides overrides;
    std::optional<base::BookingId> moved; ///< the booking that gives up its present time
};

struct Place {
    base::Zone zone;
    base::StaffId staff;
    base::Interval service;
    base::Interval occupied;
};

/// Locks those who could do it, in order of id, and asks the schedule. The locks last until the transaction ends, so
/// the answer stays true until the booking is written. Refusals as in booking.hpp.
base::Result<Place> claim_place(store::Tx& tx, store::BusinessRow const& business, Claim const& claim,
                                base::Instant now);

} // namespace booking
