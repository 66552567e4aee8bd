// The one writer of an SQLite database. What waits shares one commit, so that the cost of a disk flush is divided:
// about 27 times the throughput on a disk that takes 4 ms. Inside this room only.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "store/sqlite.hpp"

namespace store {

class SqliteWriter {
public:
    using Open = std::function<std::unique_ptr<SqliteConnection>()>;

    /// `system_clock` and `measures` outlive the writer. `reopen` is for after a fault of the disk or the file: what a
    /// connection remembers of a file that failed it is not believed, least of all that a page is on disk because a
    /// second fsync went well after a failed one.
    SqliteWriter(std::unique_ptr<SqliteConnection> connection, Open reopen, base::Clock const& system_clock,
                 Measures const& measures);
    /// Finishes what waits.
    ~SqliteWriter();

    /// Runs `body` on the writer's thread and blocks until its writes are on disk or undone; throws what it threw. A
    /// body that answered false gets an empty Done. unavailable `busy` when too many wait.
    base::Result<Done> perform(Body const& body);
    /// How many have not been begun.
    std::size_t waiting() const;

private:
    struct Unit {
        Body const* body;
        std::promise<Done> settled = {};
        Done done = {};
        std::exception_ptr error = nullptr;
    };

    void run();
    std::vector<Unit> next_batch();
    void commit(std::span<Unit> batch);
    void settle_undone(std::span<Unit> batch, std::exception_ptr const& cause);
    std::exception_ptr attempt(std::span<Unit> batch);
    void attempt(Unit& unit);

    std::unique_ptr<SqliteConnection> connection_; ///< null after a fault, until the next batch
    Open reopen_;
    base::Clock const& clock_;
    Measures const& measures_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Unit> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace store
