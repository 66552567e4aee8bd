// A backup put back in place. It comes up quarantined: what it remembers as still to be done was perhaps done since, so
// nobody is written to until a person has said so.
#pragma once

#include <filesystem>
#include <optional>

#include "store/database.hpp"

namespace store {

/// Fills the empty place named by `options` from a file written by Database::backup, brings it to this program's schema
/// and sets it quarantined. refused `target_not_empty`, refused `not_a_backup`, broken `database_damaged`, and what
/// Database::open refuses. A restore that was interrupted leaves nothing that could be opened.
base::Result<void> restore(std::filesystem::path const& file, OpenOptions const& options,
                           base::Clock const& system_clock);

/// Since when; nullopt: at work.
std::optional<base::Instant> quarantined_at(Tx& tx);
/// Ends the quarantine.
void activate(Tx& tx);

} // namespace store
