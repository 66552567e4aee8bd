#include "api/events.hpp"

#include <algorithm>
#include <typeinfo>

#include "api/following.hpp"
#include "base/log.hpp"

namespace api {
namespace {

constexpr auto time_between_looks = std::chrono::seconds(30);

} // namespace

Events::Events(store::Database& database) : database_(database), thread_([this] { run(); }) {}

Events::~Events() {
    {
        auto const lock = std::lock_guard(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    thread_.join();
}

void Events::changed(base::BusinessId const& business) {
    auto const lock = std::lock_guard(mutex_);
    auto const [first, last] = followers_.equal_range(business);
    if (first == last) return;
    std::for_each(first, last, [this](auto const& follower) { due_.insert(follower.second); });
    woken_.notify_one();
}

http::WebSocketAccept Events::follow(Visitor const& visitor, Clocks clocks) {
    auto const following = std::make_shared<Following>(database_, visitor, clocks);
    auto accept = http::WebSocketAccept();
    accept.on_open = [this, following](std::shared_ptr<http::Socket> socket) {
        following->open(std::move(socket));
        add(following);
    };
    accept.on_message = [this, following](std::string const& text) {
        following->hear(text);
        nudge(following);
    };
    accept.on_close = [this, following](int) { remove(following); };
    return accept;
}

void Events::add(std::shared_ptr<Following> const& following) {
    auto const lock = std::lock_guard(mutex_);
    followers_.emplace(following->business(), following);
    looks_.emplace(std::chrono::steady_clock::now() + patience_for_first_frame, following);
    woken_.notify_one();
}

void Events::remove(std::shared_ptr<Following> const& following) {
    auto const lock = std::lock_guard(mutex_);
    std::erase_if(followers_, [&](auto const& follower) { return follower.second == following; });
    due_.erase(following);
}

void Events::nudge(std::shared_ptr<Following> const& following) {
    auto const lock = std::lock_guard(mutex_);
    due_.insert(following);
    woken_.notify_one();
}

void Events::run() {
    auto lock = std::unique_lock(mutex_);
    while (!stopping_) {
        auto const due = take_due(lock);
        lock.unlock();
        for (auto const& following : due) {
            serve(*following);
        }
        lock.lock();
    }
}

/// A bug met on behalf of one socket ends that socket, not the server.
void Events::serve(Following& following) {
    try {
        following.push();
    } catch (std::exception const& exception) {
        base::log::error("events.threw", {{"type", typeid(exception).name()}});
        following.fail();
    }
}

/// Waits for some.
std::set<std::shared_ptr<Events::Following>> Events::take_due(std::unique_lock<std::mutex>& lock) {
    auto const is_due = [this] { return stopping_ || !due_.empty(); };
    if (looks_.empty()) {
        woken_.wait(lock, [&] { return is_due() || !looks_.empty(); });
    } else {
        woken_.wait_until(lock, looks_.begin()->first, is_due);
    }
    auto const now = std::chrono::steady_clock::now();
    while (!looks_.empty() && looks_.begin()->first <= now) {
        auto const look = looks_.extract(looks_.begin()).mapped();
        auto const following = look.lock();
        if (!following) continue;
        due_.insert(following);
        looks_.emplace(now + time_between_looks, look);
    }
    return std::exchange(due_, {});
}

} // namespace api
