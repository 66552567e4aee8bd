#include "store/sqlite_writer.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "store/measures.hpp"

namespace store {
namespace {

constexpr auto most_waiting = std::size_t{4096};
constexpr auto most_together = std::size_t{256};

std::optional<Failure::Kind> kind_of(std::exception_ptr const& cause) {
    if (!cause) return std::nullopt;
    try {
        std::rethrow_exception(cause);
    } catch (Failure const& failure) {
        return failure.kind();
    } catch (...) {
        return std::nullopt;
    }
}

bool is_damage(std::exception_ptr const& cause) { return kind_of(cause) == Failure::Kind::damaged; }

/// True for what is wrong with the disk or the file rather than with one unit.
bool concerns_all(std::exception_ptr const& cause) {
    return kind_of(cause) == Failure::Kind::unavailable || is_damage(cause);
}

} // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection, Open reopen, base::Clock const& system_clock,
                           Measures const& measures)
    : connection_(std::move(connection)), reopen_(std::move(reopen)), clock_(system_clock), measures_(measures),
      thread_([this] { run(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        auto lock = std::scoped_lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

base::Result<Done> SqliteWriter::perform(Body const& body) {
    auto settled = std::future<Done>();
    {
        auto lock = std::scoped_lock(mutex_);
        if (queue_.size() >= most_waiting) {
            return base::fail(base::Fault::unavailable, "busy", "too many writes wait for the database");
        }
        settled = queue_.emplace_back(Unit{&body}).settled.get_future();
    }
    arrived_.notify_one();
    return settled.get();
}

std::size_t SqliteWriter::waiting() const {
    auto lock = std::scoped_lock(mutex_);
    return queue_.size();
}

void SqliteWriter::run() {
    for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) {
        commit(batch);
        measures_.committed_together(batch.size());
        for (auto& unit : batch) {
            if (unit.error)
                unit.settled.set_exception(unit.error);
            else
                unit.settled.set_value(std::move(unit.done));
        }
    }
}

std::vector<SqliteWriter::Unit> SqliteWriter::next_batch() {
    auto lock = std::unique_lock(mutex_);
    arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    auto const end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), most_together));
    auto batch = std::vector<Unit>(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void SqliteWriter::commit(std::span<Unit> batch) {
    auto cause = attempt(batch);
    // SQLite calls it damage as well when a read failed. Reading again shows which it was.
    if (is_damage(cause)) cause = attempt(batch);
    if (cause) settle_undone(batch, cause);
}

/// What undid it, if anything did.
std::exception_ptr SqliteWriter::attempt(std::span<Unit> batch) {
    try {
        if (!connection_) connection_ = reopen_();
        connection_->execute("BEGIN IMMEDIATE");
        for (auto& unit : batch)
            attempt(unit);
        connection_->execute("COMMIT");
        return nullptr;
    } catch (...) {
        auto const cause = std::current_exception();
        if (connection_) connection_->roll_back();
        if (concerns_all(cause)) connection_.reset();
        return cause;
    }
}

void SqliteWriter::settle_undone(std::span<Unit> batch, std::exception_ptr const& cause) {
    auto const alone = batch.size() == 1 || concerns_all(cause);
    for (auto& unit : batch) {
        unit.done = {};
        unit.error = alone ? cause : nullptr;
        // One unit took the others' work with it; by itself each gets the answer that is its own.
        if (!alone) commit({&unit, 1});
    }
}

void SqliteWriter::attempt(Unit& unit) {
    unit.error = nullptr;
    connection_->execute("SAVEPOINT unit");
    try {
        auto const scope = BodyScope();
        auto tx = SqliteTx(*connection_);
        if ((*unit.body)(tx)) {
            unit.done = tx.finish(clock_.now());
            connection_->execute("RELEASE unit");
            return;
        }
    } catch (...) {
        unit.error = std::current_exception();
        if (concerns_all(unit.error)) throw;
    }
    // RAISE(ABORT) undoes its statement alone; the savepoint is what undoes the unit.
    if (!connection_->in_transaction()) {
        if (unit.error) std::rethrow_exception(unit.error);
        throw Failure(Failure::Kind::unavailable, "the transaction ended before its commit");
    }
    connection_->execute("ROLLBACK TO unit");
    connection_->execute("RELEASE unit");
}

} // namespace store
