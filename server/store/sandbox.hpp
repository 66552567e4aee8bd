// Sandboxes: a sandbox is a business of its own, a shadow with the configuration of another, to try the assistant on.
// It has a simulator and nothing else to speak through, and is removed as a whole when it ends.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

/// Takes the business's row lock until the end of the transaction, so that its sandboxes are made one after another.
void lock_business(Tx& tx, base::BusinessId const& business);

/// Hours, exceptions, blocks, staff and services of `from`, with their ids; no customer, booking or chat. The row of
/// `to` is there already.
void copy_configuration(Tx& tx, base::BusinessId const& from, base::BusinessId const& to);

/// The one that may be entered: not replaced, and not ended by `now` (system time).
std::optional<base::BusinessId> find_sandbox(Tx& tx, base::BusinessId const& of, base::Instant now);
/// Also those that were replaced, as long as their rows are there.
std::int64_t count_sandboxes(Tx& tx, base::BusinessId const& of);
/// Nobody may enter the sandboxes of this business any more; sessions in one return to the business.
void close_sandboxes(Tx& tx, base::BusinessId const& of);

/// At most `limit` that ended by `now` (system time).
std::vector<base::BusinessId> ended_sandboxes(Tx& tx, base::Instant now, std::int64_t limit);
/// Removes every row of the sandbox; sessions in it return to its business. Does nothing to a business that is none.
void remove_sandbox(Tx& tx, base::BusinessId const& sandbox);
/// What remove_sandbox() empties: every table with a business_id, children first. A test holds it against the schema.
std::span<std::string_view const> tables_of_a_business();

} // namespace store
