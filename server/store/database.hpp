// The one door to SQL. A write is a function of an open Tx; many of them share one commit.
//
//     auto booked = database.write([&](store::Tx& tx) -> base::Result<BookingRow> { … });
//
// An error returned from the body undoes all that the body wrote. A statement that fails unwinds the body as
// store::Failure, caught once here and turned into an Error:
//   overlap of active bookings     → conflict `slot_taken`
//   another unique key taken       → conflict `already_exists`
//   foreign key, check             → broken `constraint`
//   disk full, I/O, server gone …  → unavailable `database_unavailable`
//   server gone during the COMMIT  → unavailable `outcome_unknown`
//   too many wait, deadlocks       → unavailable `busy`
//   damaged file                   → broken `database_damaged`
//   a bug in the statement         → broken `statement`
// A body that swallows a Failure commits nothing. A transaction inside a body is a bug (throws std::logic_error).
// The body may run again (a batch undone by another unit, a serialization failure), so it must have no other effects;
// what has to follow a commit goes into Tx::after_commit. It never waits for the network.
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "store/value.hpp"

namespace store {

enum class Engine { sqlite, postgres };

/// Why a statement failed; unwinds the transaction body.
class Failure : public std::runtime_error {
public:
    enum class Kind { overlap, unique, constraint, retry, unavailable, damaged, bug };
    Failure(Kind kind, std::string const& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }

private:
    Kind kind_;
};

/// One entry of the change log: `kind` such as "booking.created", `ref` the id it is about.
struct Change {
    base::BusinessId business;
    std::string kind;
    std::string ref;
};

/// Something an operator counts: a few words of the program's own, never an id.
struct Tally {
    enum class What { booking, turn, outbox };
    What what;
    std::string first;  ///< booking: action; turn: outcome; outbox: state
    std::string second; ///< booking: origin; turn, outbox: reason
    std::optional<base::Milliseconds> took = {};
};

class Tx {
public:
    virtual ~Tx() = default;
    virtual Engine engine() const = 0;

    /// Runs one statement and hands every row to `each`; always steps to the end (an INSERT … RETURNING left halfway
    /// keeps SQLite's WAL from ever being checkpointed). Parameters are ?1, ?2 … in both engines. The text of a
    /// statement must be a constant: statements are prepared once per connection and kept.
    virtual void each(std::string_view sql, std::initializer_list<Parameter> parameters,
                      std::function<void(Row const&)> const& each) = 0;
    /// Runs a statement without rows; answers how many rows it changed.
    virtual std::int64_t run(std::string_view sql, std::initializer_list<Parameter> parameters = {}) = 0;

    template <class Map>
    auto all(std::string_view sql, std::initializer_list<Parameter> parameters, Map map)
        -> std::vector<std::invoke_result_t<Map, Row const&>> {
        auto rows = std::vector<std::invoke_result_t<Map, Row const&>>();
        each(sql, parameters, [&](Row const& row) { rows.push_back(map(row)); });
        return rows;
    }
    /// The first row, if any.
    template <class Map>
    auto one(std::string_view sql, std::initializer_list<Parameter> parameters, Map map)
        -> std::optional<std::invoke_result_t<Map, Row const&>> {
        auto found = std::optional<std::invoke_result_t<Map, Row const&>>();
        each(sql, parameters, [&](Row const& row) {
            if (!found) found = map(row);
        });
        return found;
    }

    /// Appends to the business's change log when the body ends well. Entries are written last, so that the counter row
    /// of a business is always the last lock taken: two transactions can wait for each other only over staff rows.
    void note(Change change) { changes_.push_back(std::move(change)); }
    /// Counted once, when the transaction has committed.
    void tally(Tally tally) { tallies_.push_back(std::move(tally)); }
    /// Runs after the commit, on the thread that called write(), in order. Must not fail.
    void after_commit(std::function<void()> action) { actions_.push_back(std::move(action)); }

protected:
    friend class Database;
    std::vector<Change> changes_;
    std::vector<std::function<void()>> actions_;
    std::vector<Tally> tallies_;
};

struct OpenOptions {
    std::filesystem::path folder; ///< SQLite: apunta.db lies here
    std::string postgres;         ///< a postgresql:// address; empty = SQLite
    std::size_t connections = 16; ///< PostgreSQL pool, and SQLite readers
    bool migrate = true;          ///< bring the schema up to date; false: an older one is refused
    bool check = true;            ///< SQLite: quick_check before use
    base::Metrics metrics = {};   ///< what is counted goes here
};

class Database {
public:
    /// unavailable `database_unavailable`, broken `database_damaged`, refused `database_newer` (schema of a newer
    /// program), refused `migration_needed`.
    static base::Result<std::unique_ptr<Database>> open(OpenOptions const& options, base::Clock const& system_clock);
    virtual ~Database() = default;
    virtual Engine engine() const = 0;

    /// Runs `body` (Tx& → Result<T>) in a transaction and commits it durably before answering.
    template <class Body>
    auto write(Body const& body) -> std::invoke_result_t<Body, Tx&> {
        return perform<std::invoke_result_t<Body, Tx&>>(body, &Database::run_write);
    }
    /// Runs `body` on a consistent view; writing in it is a bug.
    template <class Body>
    auto read(Body const& body) -> std::invoke_result_t<Body, Tx&> {
        return perform<std::invoke_result_t<Body, Tx&>>(body, &Database::run_read);
    }

    /// Runs `body`, whose one SELECT sees a moment by itself: spares what a transaction around it would cost. A second
    /// statement, or another than SELECT, is a bug (throws std::logic_error).
    template <class Body>
    auto glance(Body const& body) -> std::invoke_result_t<Body, Tx&> {
        return perform<std::invoke_result_t<Body, Tx&>>(body, &Database::run_glance);
    }

    /// Called after each commit that appended to change logs, with the businesses concerned; also for commits of other
    /// nodes (PostgreSQL LISTEN, on a thread of its own). An empty id after a lost connection: any business may have
    /// changed. Set before use.
    virtual void on_change(std::function<void(base::BusinessId const&)> listener) = 0;
    /// Writes a consistent copy (SQLite: a database file; PostgreSQL: pg_dump's custom format) while work goes on.
    virtual base::Result<void> backup(std::filesystem::path const& file) = 0;
    /// Removes from the files what deleted rows have left in them, as far as the engine lets a client. SQLite: the file
    /// is written anew and the WAL emptied, so that nothing is left. PostgreSQL: VACUUM of the tables that hold what
    /// customers said; its WAL and archives keep old pages as long as they are kept. unavailable `busy` when it has to
    /// be tried again.
    virtual base::Result<void> scrub() = 0;
    /// Succeeds while something can be written durably, for /readyz: a full disk can still be read.
    virtual base::Result<void> ping() = 0;

protected:
    /// A body answers false to have its writes undone.
    using Unit = std::function<bool(Tx&)>;
    virtual base::Result<void> run_write(Unit const& unit) = 0;
    virtual base::Result<void> run_read(Unit const& unit) = 0;
    virtual base::Result<void> run_glance(Unit const& unit) = 0;
    static std::vector<Change>& changes_of(Tx& tx) { return tx.changes_; }
    static std::vector<std::function<void()>>& actions_of(Tx& tx) { return tx.actions_; }

private:
    template <class Answer, class Body>
    Answer perform(Body const& body, base::Result<void> (Database::*run)(Unit const&)) {
        auto answer = std::optional<Answer>();
        TRY_VOID((this->*run)([&](Tx& tx) {
            answer.emplace(body(tx));
            return answer->has_value();
        }));
        return *std::move(answer);
    }
};

} // namespace store
