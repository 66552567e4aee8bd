#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include "store/durable_file.hpp"
#include "store/measures.hpp"
#include "store/migrate.hpp"
#include "store/pool.hpp"
#include "store/postgres.hpp"
#include "store/postgres_listener.hpp"
#include "store/postgres_programs.hpp"
#include "store/postgres_watch.hpp"
#include "store/trouble.hpp"

namespace store {
namespace {

using Mode = PostgresConnection::Mode;

/// The connection went away under a transaction.
struct Lost {
    Failure failure;
    bool committing;
    bool silent; ///< and only after its time limit: not to be waited for twice
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(OpenOptions const& options, base::Clock const& system_clock);

    Engine engine() const override { return Engine::postgres; }
    void on_change(ChangeListener listener) override;
    base::Result<void> backup(std::filesystem::path const& file) override;
    base::Result<void> scrub() override;
    base::Result<void> ping() override;

protected:
    base::Result<void> run_write(Unit const& unit) override {
        return measured(measures_, [&] { return run(unit, Mode::write); });
    }
    base::Result<void> run_read(Unit const& unit) override {
        return counted(measures_, [&] { return run(unit, Mode::read); });
    }
    base::Result<void> run_glance(Unit const& unit) override {
        return counted(measures_, [&] { return run(unit, Mode::glance); });
    }

private:
    base::Result<void> run(Body const& body, Mode mode);
    base::Result<Done> perform(Body const& body, Mode mode);
    base::Result<Done> attempt(Body const& body, Mode mode);
    Done finish(PostgresTx& tx) const;

    std::string address_;
    base::Clock const& clock_;
    std::string mark_; ///< names this node in notices, so that it does not hear itself
    Measures measures_;
    Trouble trouble_;
    PostgresWatch watch_;
    Pool<PostgresConnection> pool_;
    ChangeListener listener_;
    std::optional<PostgresListener> others_;
};

std::string random_mark() {
    auto device = std::random_device();
    return std::to_string(device()) + std::to_string(device());
}

PostgresDatabase::PostgresDatabase(OpenOptions const& options, base::Clock const& system_clock)
    : address_(options.postgres), clock_(system_clock), mark_(random_mark()),
      measures_(options.metrics, Engine::postgres),
      pool_(
          std::max(options.connections, std::size_t{1}),
          [this] { return std::make_unique<PostgresConnection>(address_, &watch_); }, measures_.pool_waits()) {}

void PostgresDatabase::on_change(ChangeListener listener) {
    others_.reset();
    listener_ = std::move(listener);
    if (listener_) others_.emplace(address_, mark_, watch_, listener_);
}

base::Result<void> PostgresDatabase::run(Body const& body, Mode mode) {
    BodyScope::refuse_nested();
    TRY(auto const done, perform(body, mode));
    if (!done.changes.empty()) trouble_.over();
    follow_up(done, measures_, listener_);
    return {};
}

base::Result<Done> PostgresDatabase::perform(Body const& body, Mode mode) {
    auto conflicts_left = 3;
    auto losses_left = 1;
    for (;;) {
        try {
            return attempt(body, mode);
        } catch (Lost const& lost) {
            pool_.clear();
            if (lost.committing) {
                return base::fail(base::Fault::unavailable, "outcome_unknown",
                                  "the database server went away during the commit: it may or may not have happened");
            }
            if (lost.silent || losses_left-- == 0) return base::fail(trouble_.met(lost.failure));
            measures_.retried();
        } catch (Failure const& failure) {
            if (failure.kind() != Failure::Kind::retry || conflicts_left-- == 0) {
                return base::fail(trouble_.met(failure));
            }
            measures_.retried();
        }
    }
}

base::Result<Done> PostgresDatabase::attempt(Body const& body, Mode mode) {
    TRY(auto connection, pool_.take());
    auto committing = false;
    try {
        auto const scope = BodyScope();
        connection->begin(mode);
        auto tx = PostgresTx(*connection);
        if (mode == Mode::glance) tx.allow_one_select();
        if (!body(tx)) {
            if (!connection->roll_back()) connection.discard();
            return Done();
        }
        auto done = finish(tx);
        committing = mode == Mode::write;
        connection->commit();
        return done;
    } catch (Failure const& failure) {
        if (!connection->is_alive()) {
            auto const silent = connection->went_silent();
            connection.discard();
            throw Lost{failure, committing, silent};
        }
        // A server that became a standby, or is out of something, is better asked anew.
        if (failure.kind() == Failure::Kind::unavailable || !connection->roll_back()) connection.discard();
        throw;
    } catch (...) {
        connection.discard();
        throw;
    }
}

Done PostgresDatabase::finish(PostgresTx& tx) const {
    auto done = tx.finish(clock_.now());
    auto businesses = std::set<base::BusinessId>();
    for (auto const& change : done.changes)
        businesses.insert(change.business);
    for (auto const& business : businesses) {
        tx.run("SELECT pg_notify(?1, ?2)", {change_channel, mark_ + " " + business.text()});
    }
    return done;
}

base::Result<void> PostgresDatabase::ping() { return write(record_ping); }

base::Result<void> PostgresDatabase::scrub() {
    try {
        auto connection = PostgresConnection(address_);
        connection.script("VACUUM booking, booking_event, change, conversation, customer, customer_address, "
                          "idempotency, inbox, job, message, outbox, simulator_message, turn, turn_entry");
        return {};
    } catch (Failure const& failure) {
        return base::fail(error_of(failure));
    }
}

base::Result<void> PostgresDatabase::backup(std::filesystem::path const& file) {
    auto const unfinished = unfinished_name(file);
    TRY_VOID(refuse_existing(file));
    remove_leftover(unfinished);
    TRY_VOID(run_postgres_program(
        "pg_dump", {"--format=custom", "--no-owner", "--no-privileges", "--file=" + unfinished.string()}, address_));
    return finish_file(unfinished, file);
}

base::Result<void> check_encoding(PostgresTx& tx) {
    auto const encoding =
        tx.one("SELECT current_setting('server_encoding')", {}, [](Row const& row) { return row.string(0); });
    if (encoding == "UTF8") return {};
    return base::fail(base::Fault::refused, "database_encoding",
                      "the PostgreSQL database has the encoding " + encoding.value_or("?") + ": create it with UTF8");
}

/// Bookings of one chair exclude each other through an index over text and ranges at once.
base::Result<void> add_extension(PostgresTx& tx) {
    try {
        tx.script("CREATE EXTENSION IF NOT EXISTS btree_gist");
        return {};
    } catch (Failure const& failure) {
        return base::fail(base::Fault::refused, "extension_missing",
                          std::string("PostgreSQL refused CREATE EXTENSION btree_gist (") + failure.what() +
                              "): let an administrator of the server run it once in this database");
    }
}

/// Two nodes that start at once take turns.
constexpr auto begin_migration = "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; "
                                 "SELECT pg_advisory_xact_lock(4709283546);";

base::Result<void> migrate_schema(PostgresConnection& connection, base::Instant now) {
    connection.script(begin_migration);
    auto tx = PostgresTx(connection);
    TRY_VOID(check_encoding(tx));
    TRY_VOID(add_extension(tx));
    TRY_VOID(migrate(tx, migrations(), now));
    connection.commit();
    return {};
}

/// What restore() leaves behind when it is interrupted.
base::Result<void> check_restored(PostgresTx& tx) {
    auto const unfinished =
        tx.one("SELECT count(to_regclass('restore_unfinished'))", {}, [](Row const& row) { return row.flag(0); });
    if (unfinished == false) return {};
    return base::fail(base::Fault::refused, "restore_unfinished",
                      "a restore into this PostgreSQL database was interrupted: create an empty one and restore again");
}

} // namespace

base::Result<void> prepare_postgres(OpenOptions const& options, base::Instant now) {
    auto connection = PostgresConnection(options.postgres);
    auto tx = PostgresTx(connection);
    TRY_VOID(check_restored(tx));
    auto state = check_migrated(tx, migrations());
    if (state || !options.migrate || state.error().code != "migration_needed") return state;
    return migrate_schema(connection, now);
}

base::Result<std::unique_ptr<Database>> open_postgres(OpenOptions const& options, base::Clock const& system_clock) {
    try {
        TRY_VOID(prepare_postgres(options, system_clock.now()));
        return std::make_unique<PostgresDatabase>(options, system_clock);
    } catch (Failure const& failure) {
        return base::fail(error_of(failure));
    }
}

} // namespace store
