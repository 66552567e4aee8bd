#include "conversation/holdings.hpp"

namespace conversation {

/// Many turns share the row's lock. One that has to write it asks for that at once: two that share and then want to
/// write would wait for each other.
bool Holdings::hold(store::Tx& tx, base::BusinessId const& business, base::Instant now) {
    if (tx.engine() == store::Engine::sqlite) return true;
    auto const lease = known(business);
    auto const is_fresh = lease && lease->until - now > lease_time / 2;
    if (is_fresh && store::holds_lease(tx, *lease, now)) return true;
    auto const name = "lanes/" + business.text();
    auto taken = store::renew_own_lease(tx, name, node_, now, lease_time);
    if (!taken) taken = store::acquire_lease(tx, name, node_, now - lease_margin, lease_time + lease_margin);
    if (taken) remember(tx, business, *taken);
    return taken.has_value();
}

void Holdings::release(store::Tx& tx) {
    auto lock = std::lock_guard(mutex_);
    for (auto const& [business, lease] : leases_)
        store::release_lease(tx, lease);
}

std::optional<store::Lease> Holdings::known(base::BusinessId const& business) {
    auto lock = std::lock_guard(mutex_);
    auto found = leases_.find(business);
    return found == leases_.end() ? std::nullopt : std::optional(found->second);
}

/// Only once it is committed: a body may be undone and run again.
void Holdings::remember(store::Tx& tx, base::BusinessId const& business, store::Lease const& lease) {
    tx.after_commit([this, business, lease] {
        auto lock = std::lock_guard(mutex_);
        leases_.insert_or_assign(business, lease);
    });
}

} // namespace conversation
