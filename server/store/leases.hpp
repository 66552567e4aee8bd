// Who may act for something (a session, a chore) among several nodes. Times are system time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace store {

struct Lease {
    std::string name;
    std::string holder; ///< names a process, not a machine: a restarted one is somebody else
    std::int64_t epoch = 0;
    base::Instant until;
};

/// Takes a lease that is free or has run out; nullopt while somebody holds it. One that ends later than twice `length`
/// from now was given by a clock that has been set back since: it has run out too, or nobody would act until that
/// clock's time has come. Each taking raises the epoch, so what the holder before still does can be told apart and
/// refused. The holder itself may take it again, and so fences what it did before.
std::optional<Lease> acquire_lease(Tx& tx, std::string_view name, std::string_view holder, base::Instant now,
                                   base::Milliseconds length);

/// Prolongs it; nullopt when it has run out or another holds it: then everything done in its name must stop.
std::optional<Lease> renew_lease(Tx& tx, Lease const& lease, base::Instant now, base::Milliseconds length);

/// The same for whoever took it on another thread: prolongs what `holder` has by this name, whatever its epoch.
std::optional<Lease> renew_own_lease(Tx& tx, std::string_view name, std::string_view holder, base::Instant now,
                                     base::Milliseconds length);

/// Lets the next one in at once; does nothing if it is no longer ours.
void release_lease(Tx& tx, Lease const& lease);

/// Whether it is still ours. Asked in the transaction of a write it is a fence: nobody takes the lease over before that
/// transaction has ended.
bool holds_lease(Tx& tx, Lease const& lease, base::Instant now);

} // namespace store
