// The change log of each business: numbered 1, 2, 3 … without gaps, in the order of commits. Calendars, reminders and
// WebSockets follow it from the number they know.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "store/database.hpp"

namespace store {

struct ChangeRow {
    std::int64_t seq = 0;
    std::string kind;
    std::string ref;
    base::Instant at;
};

/// Numbers and stores what a body noted; the transaction calls this last. Businesses are taken in the order of their
/// ids, so that two transactions never wait for each other's counters.
void append_changes(Tx& tx, std::span<Change const> changes, base::Instant now);

/// At most `limit` entries after `seq`, oldest first. When the first is not `seq + 1`, or there is none while
/// latest_seq is greater, the log has been trimmed in between: the follower has to load everything anew.
std::vector<ChangeRow> changes_after(Tx& tx, base::BusinessId const& business, std::int64_t seq, int limit);

/// 0 when nothing ever changed.
std::int64_t latest_seq(Tx& tx, base::BusinessId const& business);

/// Removes entries older than `before`, at most 10 000 at a time; answers how many.
std::int64_t trim_changes(Tx& tx, base::Instant before);

} // namespace store
