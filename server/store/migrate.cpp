#include "store/migrate.hpp"

#include <cstdint>
#include <map>

#include "store/dialect.hpp"

namespace store {
namespace {

using Applied = std::map<int, std::string>;

bool has_history(OpenTx& tx) {
    auto const* sql = tx.engine() == Engine::sqlite
                          ? "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'"
                          : "SELECT count(to_regclass('schema_migration'))";
    return tx.one(sql, {}, [](Row const& row) { return row.flag(0); }).value_or(false);
}

Applied applied_migrations(OpenTx& tx) {
    auto applied = Applied();
    if (!has_history(tx)) return applied;
    tx.each("SELECT version, hash FROM schema_migration", {},
            [&](Row const& row) { applied[static_cast<int>(row.integer(0))] = row.string(1); });
    return applied;
}

int newest_of(Applied const& applied) { return applied.empty() ? 0 : applied.rbegin()->first; }

base::Result<void> check_history(Applied const& applied, std::span<Migration const> known) {
    auto const newest = newest_of(applied);
    auto const newest_known = known.empty() ? 0 : known.back().version;
    if (newest > newest_known) {
        return base::fail(base::Fault::refused, "database_newer",
                          "the database has schema version " + std::to_string(newest) +
                              ", this program knows versions up to " + std::to_string(newest_known) +
                              ": start a newer program");
    }
    for (auto const& migration : known) {
        auto const found = applied.find(migration.version);
        if (found != applied.end() && found->second != migration_hash(migration)) {
            return base::fail(base::Fault::refused, "database_foreign",
                              "schema version " + std::to_string(migration.version) +
                                  " of the database was made by other statements than this program's");
        }
    }
    return {};
}

void apply(OpenTx& tx, Migration const& migration, base::Instant now) {
    tx.script(for_engine(migration.text, tx.engine()));
    if (migration.step != nullptr) migration.step(tx);
    tx.run("INSERT INTO schema_migration (version, name, hash, applied_at) VALUES (?1, ?2, ?3, ?4)",
           {migration.version, migration.name, migration_hash(migration), now});
}

constexpr auto history_table = std::string_view(
    "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
    "hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;");

} // namespace

std::string migration_hash(Migration const& migration) {
    // Both engines' statements count. FNV-1a: it finds accidents, nobody attacks here.
    auto hash = std::uint64_t{14695981039346656037U};
    for (auto engine : {Engine::sqlite, Engine::postgres}) {
        for (auto const c : for_engine(migration.text, engine)) {
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') continue;
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        }
    }
    auto text = std::string();
    for (auto shift = 60; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[(hash >> shift) & 15U];
    return text;
}

int schema_version(OpenTx& tx) { return newest_of(applied_migrations(tx)); }

base::Result<void> migrate(OpenTx& tx, std::span<Migration const> known, base::Instant now) {
    auto const applied = applied_migrations(tx);
    TRY_VOID(check_history(applied, known));
    tx.script(for_engine(history_table, tx.engine()));
    for (auto const& migration : known) {
        if (!applied.contains(migration.version)) apply(tx, migration, now);
    }
    return {};
}

base::Result<void> check_migrated(OpenTx& tx, std::span<Migration const> known) {
    auto const applied = applied_migrations(tx);
    TRY_VOID(check_history(applied, known));
    if (applied.size() < known.size()) {
        return base::fail(base::Fault::refused, "migration_needed",
                          "the database has " + std::to_string(applied.size()) + " of " + std::to_string(known.size()) +
                              " migrations");
    }
    return {};
}

} // namespace store
