#include "conversation/holdings.hpp"

namespace conversation {

bool Holdings::hold(store::Tx& tx, base::BusinessId const& business, base::Instant now) {
    if (tx.engine() == store::Engine::sqlite) return true;
    if (auto lease = known(business); lease && store::holds_lease(tx, *lease, now)) {
        if (lease->until - now > lease_time / 2) return true;
        if (auto renewed = store::renew_lease(tx, *lease, now, lease_time)) {
            remember(tx, business, *renewed);
            return true;
        }
    }
    auto taken =
        store::acquire_lease(tx, "lanes/" + business.text(), node_, now - lease_margin, lease_time + lease_margin);
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
