// Which businesses' chats this node answers. All lanes of a business run on one node: it takes a lease with its first
// turn, renews it by working, and each turn's transaction asks whether it is still held. One process on SQLite holds
// everything.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "store/database.hpp"
#include "store/leases.hpp"

namespace conversation {

inline constexpr auto lease_time = std::chrono::seconds(15);
/// Another node's lease may be taken this long after it ran out, so that clocks need not agree to the second.
inline constexpr auto lease_margin = std::chrono::seconds(2);

class Holdings {
public:
    Holdings(base::Instant now, base::Random& random) : node_(base::make_uuid(now, random)) {}

    /// In the transaction of a turn: true while, and as long as that transaction lasts, this node answers for the
    /// business.
    bool hold(store::Tx& tx, base::BusinessId const& business, base::Instant now);
    /// Lets others in at once; for the end of this node.
    void release(store::Tx& tx);

private:
    std::optional<store::Lease> known(base::BusinessId const& business);
    void remember(store::Tx& tx, base::BusinessId const& business, store::Lease const& lease);

    std::string node_;
    std::mutex mutex_;
    std::map<base::BusinessId, store::Lease> leases_;
};

} // namespace conversation
