// Connections opened when needed, kept while healthy. Inside this room only.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/metrics.hpp"
#include "base/result.hpp"

namespace store {

template <class Connection>
class Pool {
public:
    using Open = std::function<std::unique_ptr<Connection>()>;

    Pool(std::size_t limit, Open open, base::Histogram const& waits = {})
        : open_(std::move(open)), waits_(waits), free_(limit) {}

    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&& other) noexcept
            : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (pool_ != nullptr) pool_->give_back(std::move(connection_));
        }
        /// Closes the connection instead of keeping it for the next.
        void discard() { connection_.reset(); }
        Connection& operator*() { return *connection_; }
        Connection* operator->() { return connection_.get(); }

    private:
        friend class Pool;
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    /// Waits at most 5 s for a free place, then unavailable `busy`. What opening a connection throws goes through.
    base::Result<Lease> take() {
        auto lock = std::unique_lock(mutex_);
        if (free_ == 0 && !wait(lock)) {
            return base::fail(base::Fault::unavailable, "busy", "no database connection became free within 5 s");
        }
        --free_;
        auto lease = Lease(*this, nullptr);
        if (!idle_.empty()) {
            lease.connection_ = std::move(idle_.back());
            idle_.pop_back();
        }
        lock.unlock();
        if (lease.connection_ == nullptr) lease.connection_ = open_();
        return lease;
    }

    /// Closes all idle connections: when one was lost the others are too, most likely.
    void clear() {
        auto lock = std::scoped_lock(mutex_);
        idle_.clear();
    }

private:
    bool wait(std::unique_lock<std::mutex>& lock) {
        auto const started = std::chrono::steady_clock::now();
        auto const found = freed_.wait_for(lock, std::chrono::seconds(5), [this] { return free_ > 0; });
        waits_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
        return found;
    }

    void give_back(std::unique_ptr<Connection> connection) {
        {
            auto lock = std::scoped_lock(mutex_);
            ++free_;
            if (connection != nullptr) idle_.push_back(std::move(connection));
        }
        freed_.notify_one();
    }

    Open open_;
    base::Histogram waits_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::size_t free_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

} // namespace store
