#include "house/housekeeping.hpp"

#include <exception>

#include "base/log.hpp"
#include "store/account.hpp"
#include "store/changes.hpp"
#include "store/idempotency.hpp"
#include "store/jobs.hpp"
#include "store/sandbox.hpp"
#include "store/scrubbing.hpp"

namespace house {
namespace {

constexpr auto round_time = std::chrono::minutes(10);
constexpr auto failed_jobs_kept_for = std::chrono::days(30); // somebody may want to know why
constexpr auto sandboxes_a_round = 1000;

} // namespace

base::Result<void> throw_away(store::Database& database, base::Instant before) {
    auto thrown = std::int64_t{0};
    do {
        TRY(thrown, database.write([&](store::Tx& tx) -> base::Result<std::int64_t> {
            return store::trim_changes(tx, before) + store::trim_answers(tx, before) + store::trim_logins(tx, before) +
                   store::trim_jobs(tx, before - failed_jobs_kept_for);
        }));
    } while (thrown > 0);
    return {};
}

base::Result<void> throw_away_sandboxes(store::Database& database, base::Instant now) {
    using Ids = std::vector<base::BusinessId>;
    TRY(auto const ended, database.read([&](store::Tx& tx) -> base::Result<Ids> {
        return store::ended_sandboxes(tx, now, sandboxes_a_round);
    }));
    for (auto const& sandbox : ended) {
        TRY_VOID(database.write([&](store::Tx& tx) -> base::Result<void> {
            store::remove_sandbox(tx, sandbox);
            return {};
        }));
    }
    return {};
}

Housekeeping::Housekeeping(store::Database& database, base::Clock const& system_clock)
    : database_(database), clock_(system_clock) {}

Housekeeping::~Housekeeping() { stop(); }

void Housekeeping::start() {
    thread_ = std::thread([this] { run(); });
}

void Housekeeping::stop() {
    {
        auto lock = std::lock_guard(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

base::Result<void> Housekeeping::clean_up() {
    TRY_VOID(throw_away(database_, clock_.now() - kept_for));
    return throw_away_sandboxes(database_, clock_.now());
}

void Housekeeping::run() {
    auto lock = std::unique_lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        try {
            if (auto done = store::scrub_when_called(database_); !done) {
                base::log::warn("housekeeping.not_scrubbed", {{"code", done.error().code}});
            }
            if (auto done = clean_up(); !done) {
                base::log::warn("housekeeping.failed", {{"code", done.error().code}});
            }
        } catch (std::exception const& bug) {
            base::log::error("housekeeping.bug", {{"what", bug.what()}});
        }
        lock.lock();
        changed_.wait_for(lock, round_time, [this] { return stopping_; });
    }
}

} // namespace house
