// Does the jobs of one kind, one after the other, on a thread of its own. Several nodes may each have a worker: a job
// is done by one of them. All times are system time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "store/jobs.hpp"

namespace store {

class JobWorker {
public:
    struct Kind {
        std::string name;
        base::Milliseconds patience; ///< from its creation on; a job that is not done by then is given up
        base::Milliseconds longest;  ///< that one try may take: what is claimed for longer is taken over
        /// `unavailable` is tried again after retry_delay(), any other error never. Bears repetition, for a node may
        /// die between the deed and its record. Comes back soon once asked to stop.
        std::function<base::Result<void>(Job const&, std::stop_token)> perform;
    };
    struct Counts {
        std::int64_t done = 0;
        std::int64_t retried = 0;
        std::int64_t given_up = 0;
    };

    JobWorker(Database& database, base::Clock const& system_clock, base::Random& random, Kind kind);
    ~JobWorker();
    JobWorker(JobWorker const&) = delete;
    JobWorker& operator=(JobWorker const&) = delete;

    void start();
    /// Ends after the job in hand.
    void stop();
    /// Something was enqueued.
    void wake();
    /// What waits for a time of the old clock is tried now.
    base::Result<void> clock_set_back(base::Instant now);
    /// Does what is due now; the thread calls it. Nothing is done while the database is quarantined.
    void work(std::stop_token const& stop = {});
    /// Since the start.
    Counts counts() const;

private:
    void run(std::stop_token const& stop);
    std::vector<Job> claim();
    void perform(Job const& job, std::stop_token stop);
    base::Result<void> attempt(Job const& job, std::stop_token stop);
    void settle(Job const& job, base::Result<void> const& outcome);

    Database& database_;
    base::Clock const& clock_;
    Kind kind_;
    std::string holder_; ///< names this process: a restarted one is somebody else
    std::mutex mutex_;
    std::condition_variable_any woken_up_;
    bool woken_ = false;
    std::atomic<std::int64_t> done_ = 0;
    std::atomic<std::int64_t> retried_ = 0;
    std::atomic<std::int64_t> given_up_ = 0;
    std::jthread thread_;
};

} // namespace store
