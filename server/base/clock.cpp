#include "base/clock.hpp"

namespace base {

Instant SystemClock::now() const { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }

SimulatedClock::SimulatedClock(Instant start) : shift_(to_millis(start) - steady_now()) {}

Instant SimulatedClock::now() const { return from_millis(steady_now() + shift_.load()); }

void SimulatedClock::advance_to(Instant instant) {
    auto const wanted = to_millis(instant) - steady_now();
    auto current = shift_.load();
    while (current < wanted && !shift_.compare_exchange_weak(current, wanted)) {
    }
}

std::int64_t SimulatedClock::steady_now() const {
    return std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now()).time_since_epoch().count();
}

StandingClock::StandingClock(Instant start) : now_(to_millis(start)) {}

Instant StandingClock::now() const { return from_millis(now_.load()); }

void StandingClock::advance_to(Instant instant) {
    auto current = now_.load();
    while (current < to_millis(instant) && !now_.compare_exchange_weak(current, to_millis(instant))) {
    }
}

} // namespace base
