// Notices when the machine's clock is set back while the server runs: what was to happen "at ten past" by the old clock
// would otherwise wait until the new one gets there. Clocks that are slewed, as time daemons do, are not noticed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace house {

/// The machine's clock, with a memory of the latest time that it has told anybody: a jump there and back between two
/// looks leaves that behind.
class WallClock final : public base::Clock {
public:
    base::Instant now() const override;
    base::Instant latest() const { return base::from_millis(latest_); }
    void forget_what_lies_ahead_of(base::Instant now) { latest_ = base::to_millis(now); }

private:
    base::SystemClock clock_;
    mutable std::atomic<std::int64_t> latest_ = 0;
};

class ClockWatch {
public:
    /// Gets the time after the step; asked again a second later when it fails.
    using SetBack = std::function<base::Result<void>(base::Instant now)>;

    /// `clock` outlives the watch.
    ClockWatch(WallClock& clock, SetBack set_back);
    ~ClockWatch();
    ClockWatch(ClockWatch const&) = delete;
    ClockWatch& operator=(ClockWatch const&) = delete;

    void start();
    void stop();

private:
    void run();
    void look();

    WallClock& clock_;
    SetBack set_back_;
    bool is_owed_ = false;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace house
