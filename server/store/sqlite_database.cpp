#include <algorithm>

#include "store/durable_file.hpp"
#include "store/measures.hpp"
#include "store/migrate.hpp"
#include "store/pool.hpp"
#include "store/sqlite.hpp"
#include "store/sqlite_writer.hpp"
#include "store/trouble.hpp"

namespace store {
namespace {

namespace fs = std::filesystem;
using Mode = SqliteConnection::Mode;

constexpr auto most_readers = std::size_t{8};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(fs::path file, std::unique_ptr<SqliteConnection> writing, std::size_t readers,
                   base::Clock const& system_clock, base::Metrics const& metrics)
        : file_(std::move(file)), measures_(metrics, Engine::sqlite),
          writer_(
              std::move(writing), [this] { return std::make_unique<SqliteConnection>(file_, Mode::write); },
              system_clock, measures_),
          readers_(
              std::clamp(readers, std::size_t{1}, most_readers),
              [this] { return std::make_unique<SqliteConnection>(file_, Mode::read); }, measures_.pool_waits()) {}

    Engine engine() const override { return Engine::sqlite; }
    void on_change(ChangeListener listener) override { listener_ = std::move(listener); }
    base::Result<void> backup(fs::path const& file) override;
    base::Result<void> scrub() override;
    base::Result<void> ping() override;

protected:
    base::Result<void> run_write(Unit const& unit) override;
    base::Result<void> run_read(Unit const& unit) override { return look(unit, read_with); }
    base::Result<void> run_glance(Unit const& unit) override { return look(unit, glance_with); }

private:
    using Look = Done (*)(SqliteConnection&, Body const&);
    static Done read_with(SqliteConnection& connection, Body const& body);
    static Done glance_with(SqliteConnection& connection, Body const& body);
    base::Result<void> write_through(Unit const& unit);
    base::Result<void> look(Body const& body, Look how);
    base::Result<void> look_until_clear(Body const& body, Look how);
    base::Result<void> look_once(Body const& body, Look how);

    fs::path file_;
    Measures measures_;
    Trouble trouble_;
    ChangeListener listener_;
    /// Closed last: only a connection that may write can leave everything in the database file.
    SqliteWriter writer_;
    Pool<SqliteConnection> readers_;
};

base::Result<void> SqliteDatabase::run_write(Unit const& unit) {
    BodyScope::refuse_nested();
    return measured(measures_, [&] { return write_through(unit); });
}

base::Result<void> SqliteDatabase::write_through(Unit const& unit) {
    try {
        TRY(auto const done, writer_.perform(unit));
        if (!done.changes.empty()) trouble_.over();
        follow_up(done, measures_, listener_);
        return {};
    } catch (Failure const& failure) {
        return base::fail(trouble_.met(failure));
    }
}

Done SqliteDatabase::read_with(SqliteConnection& connection, Body const& body) {
    auto const scope = BodyScope();
    connection.execute("BEGIN");
    auto tx = SqliteTx(connection);
    auto done = body(tx) ? tx.finish(base::Instant()) : Done();
    connection.execute("COMMIT");
    return done;
}

Done SqliteDatabase::glance_with(SqliteConnection& connection, Body const& body) {
    auto const scope = BodyScope();
    auto tx = SqliteTx(connection);
    tx.allow_one_select();
    return body(tx) ? tx.finish(base::Instant()) : Done();
}

base::Result<void> SqliteDatabase::look(Body const& body, Look how) {
    BodyScope::refuse_nested();
    return counted(measures_, [&] { return look_until_clear(body, how); });
}

base::Result<void> SqliteDatabase::look_until_clear(Body const& body, Look how) {
    for (auto tries_left = 1;; --tries_left) {
        try {
            return look_once(body, how);
        } catch (Failure const& failure) {
            // SQLite calls it damage as well when a read failed. Reading again shows which it was.
            if (failure.kind() == Failure::Kind::damaged && tries_left > 0) continue;
            return base::fail(trouble_.met(failure));
        }
    }
}

/// Throws Failure.
base::Result<void> SqliteDatabase::look_once(Body const& body, Look how) {
    TRY(auto connection, readers_.take());
    try {
        follow_up(how(*connection, body), measures_, {});
    } catch (...) {
        connection.discard();
        throw;
    }
    return {};
}

base::Result<void> SqliteDatabase::ping() { return write(record_ping); }

/// secure_delete overwrites what is freed, but a page that was balanced may keep stale copies of cells in its gap: only
/// a file written anew is free of them. On a connection of its own, since VACUUM stands in no transaction.
base::Result<void> SqliteDatabase::scrub() {
    try {
        auto connection = SqliteConnection(file_, Mode::write);
        connection.script("VACUUM");
        auto busy = true;
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)", {}, [&](Row const& row) { busy = row.flag(0); });
        if (busy) return base::fail(base::Fault::unavailable, "busy", "readers kept the WAL from being emptied");
        return {};
    } catch (Failure const& failure) {
        return base::fail(error_of(failure));
    }
}

base::Result<void> SqliteDatabase::backup(fs::path const& file) {
    TRY_VOID(refuse_existing(file));
    try {
        copy_sqlite(file_, unfinished_name(file));
        return finish_file(unfinished_name(file), file);
    } catch (Failure const& failure) {
        return base::fail(base::Fault::unavailable, "backup_failed", file.string() + ": " + failure.what());
    }
}

/// A migration may rebuild tables that others refer to; foreign keys are checked at its end instead.
base::Result<void> migrate_schema(SqliteConnection& connection, base::Instant now) {
    connection.script("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;");
    auto tx = SqliteTx(connection);
    TRY_VOID(migrate(tx, migrations(), now));
    if (tx.one("PRAGMA foreign_key_check", {}, [](Row const&) { return true; })) {
        return base::fail(base::Fault::broken, "constraint", "a migration would leave rows without what they refer to");
    }
    connection.script("COMMIT; PRAGMA foreign_keys = ON;");
    return {};
}

base::Result<void> check_schema(SqliteConnection& connection) {
    auto tx = SqliteTx(connection);
    return check_migrated(tx, migrations());
}

} // namespace

fs::path sqlite_file(fs::path const& folder) { return folder / "apunta.db"; }

base::Result<std::unique_ptr<SqliteConnection>> open_sqlite_file(fs::path const& file, OpenOptions const& options,
                                                                 base::Instant now) {
    auto const is_new = !fs::exists(file);
    auto connection = std::make_unique<SqliteConnection>(file, Mode::write);
    if (is_new) fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    if (options.check) TRY_VOID(check_pages(*connection));
    TRY_VOID(options.migrate ? migrate_schema(*connection, now) : check_schema(*connection));
    return connection;
}

void copy_sqlite(fs::path const& from, fs::path const& to) {
    for (auto const* suffix : {"", "-wal", "-shm"})
        remove_leftover(to.string() + suffix);
    auto source = SqliteConnection(from, Mode::read);
    source.execute("VACUUM INTO ?1", {to.string()});
}

base::Result<std::unique_ptr<Database>> open_sqlite(OpenOptions const& options, base::Clock const& system_clock) {
    auto const file = sqlite_file(options.folder);
    try {
        fs::create_directories(options.folder);
        TRY(auto writing, open_sqlite_file(file, options, system_clock.now()));
        return std::make_unique<SqliteDatabase>(file, std::move(writing), options.connections, system_clock,
                                                options.metrics);
    } catch (Failure const& failure) {
        auto error = error_of(failure);
        error.message = file.string() + ": " + error.message;
        return base::fail(std::move(error));
    } catch (fs::filesystem_error const& error) {
        return base::fail(base::Fault::unavailable, "database_unavailable", error.what());
    }
}

} // namespace store
