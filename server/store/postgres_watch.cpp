#include "store/postgres_watch.hpp"

#include <sys/socket.h>

#include <chrono>

#include "base/log.hpp"

namespace store {
namespace {

using std::chrono::milliseconds;

/// Longer than the server's own limit for a statement, which is the better answer when it can be given.
constexpr auto longest_silence = milliseconds(7000);
constexpr auto time_between_looks = milliseconds(500);

std::int64_t steady_now() {
    auto const now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<milliseconds>(now).count();
}

} // namespace

PostgresWatch::PostgresWatch() : thread_([this] { run(); }) {}

PostgresWatch::~PostgresWatch() {
    {
        auto const lock = std::scoped_lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_one();
    thread_.join();
}

void PostgresWatch::run() {
    auto lock = std::unique_lock(mutex_);
    while (!stopped_.wait_for(lock, time_between_looks, [this] { return stopping_; })) {
        cut_the_silent();
    }
}

/// shutdown() and not close(): the number stays the connection's own, and who waits at it is woken.
void PostgresWatch::cut_the_silent() {
    auto const now = steady_now();
    for (auto* watched : all_) {
        auto const asked_at = watched->asked_at_.load();
        if (asked_at == 0 || watched->cut_ || now - asked_at < longest_silence.count()) continue;
        watched->cut_ = true;
        ::shutdown(watched->socket_, SHUT_RDWR);
        base::log::warn("database.silent", {{"milliseconds", now - asked_at}});
    }
}

PostgresWatch::Watched::Watched(PostgresWatch& watch, int socket) : watch_(watch), socket_(socket) {
    auto const lock = std::scoped_lock(watch_.mutex_);
    watch_.all_.insert(this);
}

PostgresWatch::Watched::~Watched() {
    auto const lock = std::scoped_lock(watch_.mutex_);
    watch_.all_.erase(this);
}

PostgresWatch::Question::Question(Watched* watched) : watched_(watched) {
    if (watched_ != nullptr) watched_->asked_at_ = steady_now();
}

PostgresWatch::Question::~Question() {
    if (watched_ != nullptr) watched_->asked_at_ = 0;
}

} // namespace store
