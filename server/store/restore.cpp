#include "store/restore.hpp"

#include "store/durable_file.hpp"
#include "store/meta.hpp"
#include "store/migrate.hpp"
#include "store/postgres.hpp"
#include "store/postgres_programs.hpp"
#include "store/sqlite.hpp"

namespace store {
namespace {

namespace fs = std::filesystem;

constexpr auto quarantine_key = "quarantined_at";

/// Leases of the server that was backed up are not this one's to wait for.
void quarantine(Tx& tx, base::Instant now) {
    set_meta(tx, quarantine_key, std::to_string(base::to_millis(now)));
    tx.run("DELETE FROM lease");
}

base::Result<void> target_not_empty(std::string const& target) {
    return base::fail(base::Fault::refused, "target_not_empty",
                      target + " already holds something: a backup is restored only into an empty place");
}

base::Result<void> check_backup(fs::path const& file) {
    auto connection = SqliteConnection(file, SqliteConnection::Mode::read);
    TRY_VOID(check_pages(connection));
    auto tx = SqliteTx(connection);
    if (schema_version(tx) == 0) {
        return base::fail(base::Fault::refused, "not_a_backup", file.string() + " is not a backup of this program");
    }
    return {};
}

base::Result<void> quarantine_file(fs::path const& file, base::Instant now) {
    auto options = OpenOptions();
    TRY(auto connection, open_sqlite_file(file, options, now));
    auto tx = SqliteTx(*connection);
    quarantine(tx, now);
    connection->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    return {};
}

base::Result<void> restore_sqlite(fs::path const& backup, fs::path const& folder, base::Instant now) {
    auto const target = sqlite_file(folder);
    if (fs::exists(target)) return target_not_empty(target.string());
    if (!fs::exists(backup)) return base::fail(base::Fault::not_found, "file", backup.string() + " does not exist");
    TRY_VOID(check_backup(backup));
    fs::create_directories(folder);
    auto const unfinished = unfinished_name(target);
    copy_sqlite(backup, unfinished);
    TRY_VOID(quarantine_file(unfinished, now));
    return finish_file(unfinished, target);
}

bool is_empty(PostgresTx& tx) {
    return tx.one("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                  "WHERE n.nspname NOT LIKE 'pg!_%' ESCAPE '!' AND n.nspname <> 'information_schema'",
                  {}, [](Row const& row) { return row.integer(0); }) == 0;
}

base::Result<void> restore_postgres(fs::path const& backup, OpenOptions const& options, base::Instant now) {
    auto connection = PostgresConnection(options.postgres);
    auto tx = PostgresTx(connection);
    if (!is_empty(tx)) return target_not_empty("the PostgreSQL database");
    // While this table stands the database is not opened: between pg_restore's commit and the quarantine a restore
    // could be interrupted.
    tx.script("CREATE TABLE restore_unfinished ()");
    auto restored = run_postgres_program(
        "pg_restore",
        {"--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments", backup.string()},
        options.postgres);
    if (!restored) {
        tx.script("DROP TABLE restore_unfinished");
        return restored;
    }
    connection.begin(PostgresConnection::Mode::write);
    quarantine(tx, now);
    tx.script("DROP TABLE restore_unfinished");
    connection.commit();
    return prepare_postgres(options, now);
}

} // namespace

base::Result<void> restore(fs::path const& file, OpenOptions const& options, base::Clock const& system_clock) {
    auto const now = system_clock.now();
    try {
        return options.postgres.empty() ? restore_sqlite(file, options.folder, now)
                                        : restore_postgres(file, options, now);
    } catch (Failure const& failure) {
        return base::fail(error_of(failure));
    } catch (fs::filesystem_error const& error) {
        return base::fail(base::Fault::unavailable, "file", error.what());
    }
}

std::optional<base::Instant> quarantined_at(Tx& tx) {
    auto const since = meta(tx, quarantine_key);
    if (!since) return std::nullopt;
    return base::from_millis(std::stoll(*since));
}

void activate(Tx& tx) { remove_meta(tx, quarantine_key); }

} // namespace store
