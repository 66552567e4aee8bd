// The open connections, as the server sees them: something that has a deadline and can be told to go.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"

namespace api::http {

/// The functions may be called from any thread.
class Peer {
public:
    virtual ~Peer() = default;
    /// Its time is up: it looks again at overdue(), for it may have moved on since.
    virtual void expire() = 0;
    /// Finishes what it is doing, then closes.
    virtual void drain() = 0;
    /// Closes now.
    virtual void cut() = 0;
    bool overdue() const { return now() >= deadline_.load(std::memory_order_relaxed); }

protected:
    void expire_after(base::Milliseconds time) { deadline_.store(now() + time.count(), std::memory_order_relaxed); }
    void never_expire() { deadline_.store(INT64_MAX, std::memory_order_relaxed); }

private:
    static std::int64_t now() {
        auto const steady = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration_cast<base::Milliseconds>(steady).count();
    }
    std::atomic<std::int64_t> deadline_ = INT64_MAX;
};

/// Thread-safe.
class Peers {
public:
    /// `source`: whoever is to be counted together, such as an IP address.
    void add(std::shared_ptr<Peer> const& peer, std::string const& source);
    void remove(Peer const& peer);
    std::size_t count() const;
    std::size_t count_of(std::string const& source) const;
    std::vector<std::shared_ptr<Peer>> all() const;
    std::vector<std::shared_ptr<Peer>> overdue() const;
    void wait_until_none(base::Milliseconds patience);

private:
    mutable std::mutex mutex_;
    std::condition_variable fewer_;
    struct Known {
        std::weak_ptr<Peer> peer;
        std::string source;
    };
    std::unordered_map<Peer const*, Known> peers_;
    std::unordered_map<std::string, std::size_t> counts_; ///< by source
};

} // namespace api::http
