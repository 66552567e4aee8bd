#include "house/clock_watch.hpp"

#include <chrono>
#include <exception>

#include "base/log.hpp"

namespace house {
namespace {

constexpr auto time_between_looks = std::chrono::seconds(1);
/// Less is no step but the clock's own trembling.
constexpr auto smallest_step = base::Milliseconds(500);

} // namespace

base::Instant WallClock::now() const {
    auto const now = clock_.now();
    auto latest = latest_.load();
    while (latest < base::to_millis(now) && !latest_.compare_exchange_weak(latest, base::to_millis(now))) {
    }
    return now;
}

ClockWatch::ClockWatch(WallClock& clock, SetBack set_back) : clock_(clock), set_back_(std::move(set_back)) {}

ClockWatch::~ClockWatch() { stop(); }

void ClockWatch::start() {
    thread_ = std::thread([this] { run(); });
}

void ClockWatch::stop() {
    {
        auto const lock = std::lock_guard(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void ClockWatch::run() {
    auto lock = std::unique_lock(mutex_);
    while (!stopped_.wait_for(lock, time_between_looks, [this] { return stopping_; })) {
        lock.unlock();
        try {
            look();
        } catch (std::exception const& bug) {
            base::log::error("clock.bug", {{"what", bug.what()}});
        }
        lock.lock();
    }
}

void ClockWatch::look() {
    auto const latest = clock_.latest();
    auto const now = clock_.now();
    if (now < latest - smallest_step) {
        is_owed_ = true;
        clock_.forget_what_lies_ahead_of(now);
        base::log::warn("clock.set_back", {{"milliseconds", (latest - now).count()}});
    }
    if (is_owed_) is_owed_ = !set_back_(now).has_value();
}

} // namespace house
