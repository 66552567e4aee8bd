#include "conversation/lanes.hpp"

#include <algorithm>
#include <chrono>

#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "conversation/answering.hpp"
#include "store/conversation.hpp"
#include "store/restore.hpp"

namespace conversation {
namespace {

constexpr auto attempts_before_giving_up = 4;
constexpr auto idle_look = std::chrono::seconds(1); // the business clock may be ahead of a steady one by a leap

base::Milliseconds backoff(int failures) { return std::chrono::seconds(std::min(60, 1 << std::min(failures, 6))); }

bool is_passing(base::Error const& error) { return error.fault == base::Fault::unavailable; }

} // namespace

Lanes::Lanes(Doors doors, unsigned threads)
    : doors_(std::move(doors)), holdings_(doors_.system_clock.now(), doors_.random), thread_count_(threads) {}

Lanes::~Lanes() { stop(); }

base::Result<void> Lanes::start() {
    TRY_VOID(look_up());
    for (auto i = 0U; i < thread_count_; ++i)
        threads_.emplace_back([this] { run(); });
    return {};
}

void Lanes::stop() {
    {
        auto lock = std::lock_guard(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_)
        thread.join();
    if (!threads_.empty() && doors_.database.engine() == store::Engine::postgres) release();
    threads_.clear();
}

/// Whoever starts next need not wait until the leases run out.
void Lanes::release() {
    auto released = doors_.database.write([&](store::Tx& tx) -> base::Result<void> {
        holdings_.release(tx);
        return {};
    });
    if (!released) base::log::warn("lanes.release_failed", {{"code", released.error().code}});
}

void Lanes::wake(base::BusinessId const& business, base::ConversationId const& conversation, base::Instant due) {
    {
        auto lock = std::lock_guard(mutex_);
        auto& lane = lanes_[conversation];
        lane.business = business;
        lane.conversation = conversation;
        schedule(lane, due);
    }
    changed_.notify_all();
}

base::Result<void> Lanes::look_up(base::BusinessId const& business) {
    using Rows = std::vector<store::WakeRow>;
    TRY(auto rows, doors_.database.read([&](store::Tx& tx) -> base::Result<Rows> {
        return store::conversations_to_wake(tx, business);
    }));
    for (auto const& row : rows)
        wake(row.business, row.conversation, row.wake_at);
    return {};
}

base::Result<void> Lanes::look_up() {
    using Rows = std::vector<store::WakeRow>;
    TRY(auto rows,
        doors_.database.read([](store::Tx& tx) -> base::Result<Rows> { return store::conversations_to_wake(tx); }));
    for (auto const& row : rows)
        wake(row.business, row.conversation, row.wake_at);
    return {};
}

void Lanes::clock_moved() { changed_.notify_all(); }

base::Result<void> Lanes::clock_set_back(base::Instant now) {
    TRY_VOID(doors_.database.write([&](store::Tx& tx) -> base::Result<void> {
        store::wake_those_ahead_of(tx, now, now + owner_silence);
        return {};
    }));
    return look_up();
}

Lanes::Load Lanes::load() {
    auto lock = std::lock_guard(mutex_);
    return {static_cast<std::size_t>(running_), due_.size()};
}

std::optional<base::Instant> Lanes::next_due() {
    auto lock = std::lock_guard(mutex_);
    return due_.empty() ? std::nullopt : std::optional(due_.begin()->first);
}

void Lanes::rest() {
    auto lock = std::unique_lock(mutex_);
    changed_.wait(lock, [&] {
        auto due = !due_.empty() && due_.begin()->first <= doors_.business_clock.now();
        return stopping_ || (running_ == 0 && !due);
    });
}

void Lanes::run() {
    auto lock = std::unique_lock(mutex_);
    while (!stopping_) {
        if (auto* lane = earliest()) {
            take(lock, *lane);
            continue;
        }
        auto wait = base::Milliseconds(idle_look);
        if (!due_.empty())
            wait = std::clamp(due_.begin()->first - doors_.business_clock.now(), base::Milliseconds(1), wait);
        changed_.wait_for(lock, wait);
    }
}

/// The lane that is due and has waited longest.
Lanes::Lane* Lanes::earliest() {
    if (due_.empty() || due_.begin()->first > doors_.business_clock.now()) return nullptr;
    return &lanes_.at(due_.begin()->second);
}

void Lanes::take(std::unique_lock<std::mutex>& lock, Lane& lane) {
    schedule(lane, std::nullopt);
    lane.running = true;
    ++running_;
    auto key = lane.conversation;
    auto copy = lane;
    lock.unlock();
    auto next = turn(copy);
    lock.lock();

    auto& after = lanes_.at(key);
    after.running = false;
    --running_;
    after.failures = next ? 0 : copy.failures + 1;
    // What arrived during the turn has set its own, earlier time.
    auto woken = after.due;
    auto due = next ? *next : std::optional(doors_.business_clock.now() + backoff(after.failures));
    if (woken && (!due || *woken < *due)) due = woken;
    after.due = std::nullopt;
    if (due) {
        schedule(after, due);
    } else {
        lanes_.erase(key);
    }
    changed_.notify_all();
}

base::Result<NextWake> Lanes::turn(Lane const& lane) {
    auto result = base::Result<NextWake>(NextWake());
    try {
        result = doors_.database.write([&](store::Tx& tx) -> base::Result<NextWake> {
            if (store::quarantined_at(tx)) return NextWake();
            auto now = outbox::Now{doors_.business_clock.now(), doors_.system_clock.now()};
            // Another node answers; should it die, its lease ends and this lane looks again.
            if (!holdings_.hold(tx, lane.business, now.system))
                return NextWake(now.business + lease_time + lease_margin);
            auto give_up = lane.failures >= attempts_before_giving_up;
            return give_up ? give_up_turn(tx, lane.business, lane.conversation, now, doors_.random)
                           : take_turn(tx, lane.business, lane.conversation, now, doors_.random);
        });
    } catch (std::exception const& bug) {
        result = base::fail(base::Fault::broken, "bug", bug.what());
    }
    base::crash_point("turn.committed");
    if (result) {
        doors_.wake_outbox();
        return result;
    }
    base::log::error("turn.failed", {{"business", lane.business.text()},
                                     {"conversation", lane.conversation.text()},
                                     {"code", result.error().code},
                                     {"failures", lane.failures + 1}});
    // A database that is away is nobody's fault: the turn is tried until it is back.
    if (is_passing(result.error())) return NextWake(doors_.business_clock.now() + backoff(1));
    return result;
}

/// Sets when the lane is due; a running one keeps the time until it ends.
void Lanes::schedule(Lane& lane, std::optional<base::Instant> due) {
    if (lane.running) {
        if (due && (!lane.due || *due < *lane.due)) lane.due = due;
        return;
    }
    if (lane.due) due_.erase({*lane.due, lane.conversation});
    lane.due = due;
    if (lane.due) due_.emplace(*lane.due, lane.conversation);
}

} // namespace conversation
