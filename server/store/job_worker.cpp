#include "store/job_worker.hpp"

#include <exception>

#include "base/log.hpp"
#include "store/restore.hpp"

namespace store {
namespace {

constexpr auto holder_bytes = std::size_t{12};
constexpr auto idle_look = std::chrono::seconds(1); // jobs that another node enqueued, or whose retry is due

} // namespace

JobWorker::JobWorker(Database& database, base::Clock const& system_clock, base::Random& random, Kind kind)
    : database_(database), clock_(system_clock), kind_(std::move(kind)),
      holder_(base::random_token(random, holder_bytes)) {}

JobWorker::~JobWorker() { stop(); }

void JobWorker::start() {
    if (database_.engine() == Engine::sqlite) {
        auto released = database_.write([&](Tx& tx) -> base::Result<void> {
            release_jobs(tx, kind_.name);
            return {};
        });
        if (!released) base::log::error("job.release_failed", {{"kind", kind_.name}, {"code", released.error().code}});
    }
    thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}

void JobWorker::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void JobWorker::wake() {
    {
        auto lock = std::lock_guard(mutex_);
        woken_ = true;
    }
    woken_up_.notify_all();
}

base::Result<void> JobWorker::clock_set_back(base::Instant now) {
    TRY_VOID(database_.write([&](Tx& tx) -> base::Result<void> {
        bring_jobs_back(tx, kind_.name, now, kind_.longest);
        return {};
    }));
    wake();
    return {};
}

JobWorker::Counts JobWorker::counts() const { return {done_, retried_, given_up_}; }

void JobWorker::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        try {
            work(stop);
        } catch (std::exception const& bug) {
            base::log::error("job.bug", {{"kind", kind_.name}, {"what", bug.what()}});
        }
        auto lock = std::unique_lock(mutex_);
        woken_up_.wait_for(lock, stop, idle_look, [&] { return woken_; });
        woken_ = false;
    }
}

void JobWorker::work(std::stop_token const& stop) {
    // One at a time: its claim runs from the moment its try begins.
    for (auto jobs = claim(); !jobs.empty(); jobs = claim()) {
        perform(jobs.front(), stop);
        if (stop.stop_requested()) return;
    }
}

std::vector<Job> JobWorker::claim() {
    // A look costs no write, so an idle server leaves the disk alone.
    auto const next = database_.read(
        [&](Tx& tx) -> base::Result<std::optional<base::Instant>> { return next_job_due(tx, kind_.name); });
    if (next && (!*next || **next > clock_.now())) return {};
    auto claimed = database_.write([&](Tx& tx) -> base::Result<std::vector<Job>> {
        if (quarantined_at(tx)) return std::vector<Job>();
        return claim_due_jobs(tx, kind_.name, holder_, clock_.now(), kind_.longest, 1);
    });
    if (claimed) return *std::move(claimed);
    base::log::warn("job.claim_failed", {{"kind", kind_.name}, {"code", claimed.error().code}});
    return {};
}

void JobWorker::perform(Job const& job, std::stop_token stop) {
    auto const outcome = attempt(job, std::move(stop));
    settle(job, outcome);
}

/// A bug may be that of one moment: the job's patience bounds how often it is tried.
base::Result<void> JobWorker::attempt(Job const& job, std::stop_token stop) {
    if (job.created + kind_.patience <= clock_.now()) {
        return base::fail(base::Fault::refused, "too_late", "the time in which this was worth doing is over");
    }
    try {
        return kind_.perform(job, std::move(stop));
    } catch (std::exception const& bug) {
        base::log::error("job.bug", {{"kind", kind_.name}, {"job", job.id}, {"what", bug.what()}});
        return base::fail(base::Fault::unavailable, "bug", "an exception; the log has it");
    }
}

void JobWorker::settle(Job const& job, base::Result<void> const& outcome) {
    auto const now = clock_.now();
    auto const again = now + retry_delay(job.attempts);
    auto const may_try = !outcome && outcome.error().fault == base::Fault::unavailable;
    auto const tries = may_try && again < job.created + kind_.patience;
    auto const settled = database_.write([&](Tx& tx) -> base::Result<bool> {
        if (outcome) return complete_job(tx, job);
        if (tries) return retry_job(tx, job, again, outcome.error().code);
        return give_up_job(tx, job, now, outcome.error().code);
    });
    if (!settled) {
        base::log::warn("job.settle_failed", {{"kind", kind_.name}, {"job", job.id}, {"code", settled.error().code}});
    } else if (outcome) {
        ++done_;
    } else {
        ++(tries ? retried_ : given_up_);
        base::log::event(
            tries ? base::log::Level::info : base::log::Level::warn, tries ? "job.retried" : "job.given_up",
            {{"kind", kind_.name}, {"job", job.id}, {"attempts", job.attempts}, {"code", outcome.error().code}});
    }
}

} // namespace store
