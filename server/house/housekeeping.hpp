// Throws away what nobody needs any more: change log and remembered answers older than a day, sessions and tokens that
// expired more than a day ago, jobs that were given up more than a month ago, and sandboxes that ended.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.hpp"
#include "store/database.hpp"

namespace house {

/// A follower of the change log that was away for longer loads everything anew; a request repeated later is a new one.
inline constexpr auto kept_for = std::chrono::hours(24);

/// All kinds, all of them, in transactions of at most 10 000 rows of a table each.
base::Result<void> throw_away(store::Database& database, base::Instant before);

/// Every row of the sandboxes that ended by `now`, each in a transaction of its own.
base::Result<void> throw_away_sandboxes(store::Database& database, base::Instant now);

/// One thread: at the start and every ten minutes.
class Housekeeping {
public:
    Housekeeping(store::Database& database, base::Clock const& system_clock);
    ~Housekeeping();
    Housekeeping(Housekeeping const&) = delete;
    Housekeeping& operator=(Housekeeping const&) = delete;

    void start();
    void stop();

private:
    void run();
    base::Result<void> clean_up();

    store::Database& database_;
    base::Clock const& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace house
