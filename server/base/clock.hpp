// The two clocks. Business time (notice, offers, breath, reminders, quiet hours) may be simulated; system time
// (tokens, leases, retries, deadlines, rate limits) never is.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

#include "base/time.hpp"

namespace base {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's wall clock.
class SystemClock final : public Clock {
public:
    Instant now() const override;
};

/// Business time that can be set forward. Thread-safe.
class MovableClock : public Clock {
public:
    /// Moves to `instant`; a time before now is ignored: business time never runs backwards.
    virtual void advance_to(Instant instant) = 0;
};

/// Ticks from `start` on, in step with a steady clock.
class SimulatedClock final : public MovableClock {
public:
    explicit SimulatedClock(Instant start);
    Instant now() const override;
    void advance_to(Instant instant) override;

private:
    std::int64_t steady_now() const;
    std::atomic<std::int64_t> shift_; ///< business milliseconds minus steady milliseconds
};

/// Stands still while work is done, however long that takes, so that a run can be repeated to the millisecond.
class StandingClock final : public MovableClock {
public:
    explicit StandingClock(Instant start);
    Instant now() const override;
    void advance_to(Instant instant) override;

private:
    std::atomic<std::int64_t> now_;
};

} // namespace base
