// Free starts for several services at once: side by side with a person each, or one after the other.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "schedule/availability.hpp"

namespace schedule {

/// together: all start at the same time, each with another person. in_a_row: each starts on the first start of the grid
/// after the one before it has ended, buffers included.
enum class Arrangement { together, in_a_row };

struct Place {
    base::Instant starts_at;
    base::StaffId staff;
    bool operator==(Place const&) const = default;
};

/// One place for each service, the query's first.
using PartyStart = std::vector<Place>;

/// Every start of the query's service at which the others fit as well, in order. The wish for one person holds for the
/// query's own service only. `others` is not empty.
std::vector<PartyStart> party_starts(Calendar const& calendar, Query const& query,
                                     std::vector<business::Service> const& others, Arrangement arrangement);

/// Whether the party can start at `start`; otherwise the first rule that refuses one of its services. Where each of
/// them could be had and only together they cannot, that is `taken`.
struct PartyVerdict {
    std::optional<PartyStart> start;
    Refusal refusal = Refusal::taken; ///< meaningful only without a start
};
PartyVerdict check_party(Calendar const& calendar, Query const& query, std::vector<business::Service> const& others,
                         Arrangement arrangement, base::Instant start);

/// Like nearest(), for a party.
std::vector<PartyStart> nearest_parties(Calendar const& calendar, Query query,
                                        std::vector<business::Service> const& others, Arrangement arrangement,
                                        base::Instant wanted, std::size_t count, int days_around);

/// Another person for each, out of those who could do it; nullopt when there is no such choice. The first who fits is
/// taken, so that the order within a list is a preference.
std::optional<std::vector<base::StaffId>> one_person_each(std::span<std::vector<base::StaffId> const> able);

} // namespace schedule
