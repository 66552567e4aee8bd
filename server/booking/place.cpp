#include "booking/place.hpp"

#include <algorithm>

#include "booking/calendar.hpp"

namespace booking {
namespace {

std::vector<base::StaffId> candidates(store::Tx& tx, base::BusinessId const& business, Claim const& claim);
base::Result<void> check_asked_for(store::Tx& tx, base::BusinessId const& business,
                                   std::optional<base::StaffId> const& staff);
base::Error refused(schedule::Refusal refusal);
base::StaffId chosen(schedule::Slot const& slot, std::optional<base::StaffId> const& preferred);

} // namespace

base::Result<Place> claim_place(store::Tx& tx, store::BusinessRow const& business, Claim const& claim,
                                base::Instant now) {
    // The wall time that is kept and told has no seconds.
    if (std::chrono::floor<base::Minutes>(claim.starts_at) != claim.starts_at) {
        return base::fail(refused(schedule::Refusal::outside_hours));
    }
    TRY_VOID(check_asked_for(tx, business.id, claim.staff));
    store::lock_staff(tx, business.id, candidates(tx, business.id, claim));
    TRY(auto const calendar, load_calendar(tx, business, claim.starts_at, claim.starts_at, claim.moved, claim.staff));
    auto const query = schedule::Query{
        .service = claim.service, .from = claim.starts_at, .to = claim.starts_at, .staff = claim.staff, .now = now};
    auto const verdict = schedule::check_start(calendar, query, claim.starts_at, claim.overrides);
    if (!verdict.slot) return base::fail(refused(verdict.refusal));
    return Place{.zone = calendar.zone,
                 .staff = chosen(*verdict.slot, claim.preferred),
                 .service = {verdict.slot->starts_at, verdict.slot->ends_at},
                 .occupied = business::occupied_by(claim.service, claim.starts_at)};
}

namespace {

base::Result<void> check_asked_for(store::Tx& tx, base::BusinessId const& business,
                                   std::optional<base::StaffId> const& staff) {
    if (!staff || store::find_staff(tx, business, *staff)) return {};
    return base::fail(base::Fault::not_found, "not_found", "There is no such staff member.");
}

std::vector<base::StaffId> candidates(store::Tx& tx, base::BusinessId const& business, Claim const& claim) {
    if (claim.staff) return {*claim.staff};
    if (claim.service.staff) return *claim.service.staff;
    auto everybody = std::vector<base::StaffId>();
    for (auto const& row : store::list_staff(tx, business))
        everybody.push_back(row.id);
    return everybody;
}

base::Error refused(schedule::Refusal refusal) {
    using base::Fault;
    using schedule::Refusal;
    switch (refusal) {
    case Refusal::not_performed: return {Fault::invalid, "not_performed", "Nobody asked for performs this service."};
    case Refusal::too_far: return {Fault::invalid, "too_far", "The start lies beyond the last day that can be booked."};
    case Refusal::too_soon: return {Fault::invalid, "too_soon", "The start is sooner than the business's notice."};
    case Refusal::closed: return {Fault::invalid, "outside_hours", "The business is closed on that day."};
    case Refusal::outside_hours:
        return {Fault::invalid, "outside_hours", "The service does not fit into the opening hours at that start."};
    case Refusal::staff_off: return {Fault::invalid, "outside_hours", "Nobody who performs the service works then."};
    case Refusal::taken: return {Fault::conflict, "slot_taken", "The time overlaps an active booking or a block."};
    }
    return {Fault::broken, "unknown_refusal", "The schedule refused the start without a known reason."};
}

base::StaffId chosen(schedule::Slot const& slot, std::optional<base::StaffId> const& preferred) {
    if (preferred && std::find(slot.staff.begin(), slot.staff.end(), *preferred) != slot.staff.end()) return *preferred;
    return slot.preferred;
}

} // namespace
} // namespace booking
