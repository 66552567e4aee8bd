// Brings a database to the schema this program knows. Table schema_migration records what was applied.
#pragma once

#include <span>
#include <string_view>

#include "store/transaction.hpp"

namespace store {

struct Migration {
    int version = 0; ///< 1, 2, 3 … without gaps
    std::string_view name;
    std::string_view text; ///< for both engines, see for_engine()
    /// What SQL cannot do, after the statements and in their transaction; null: nothing. As unchangeable as they are.
    void (*step)(OpenTx& tx) = nullptr;
};

/// Those of migrations/*.sql, embedded when the program is built, with the code beside them; ascending.
std::span<Migration const> migrations();

/// Names the statements of a migration, whatever its comments and white space: a published migration never changes.
std::string migration_hash(Migration const& migration);

/// The highest version applied; 0: not a database of this program.
int schema_version(OpenTx& tx);

/// Applies what is missing, in the open transaction, which nobody else may be doing at the same time (SQLite: BEGIN
/// IMMEDIATE; PostgreSQL: an advisory lock). refused `database_newer`, refused `database_foreign` (a migration of the
/// same number with other statements).
base::Result<void> migrate(OpenTx& tx, std::span<Migration const> known, base::Instant now);

/// refused `migration_needed` when migrate() would do something, and what migrate() refuses.
base::Result<void> check_migrated(OpenTx& tx, std::span<Migration const> known);

} // namespace store
