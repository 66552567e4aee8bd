#include "store/job_worker.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <set>

#include "store/meta.hpp"
#include "store/restore.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

using namespace std::chrono_literals;

class HandClock final : public base::Clock {
public:
    base::Instant now() const override { return now_; }
    void pass(base::Milliseconds time) { now_ += time; }

private:
    base::Instant now_ = base::Instant(1h);
};

base::Result<void> busy() { return base::fail(base::Fault::unavailable, "busy", "later"); }

class JobWorkerTest : public OnEachEngine {
protected:
    void enqueue(std::string const& key, std::string const& kind = "ring") {
        ASSERT_TRUE(write(*database, [&](Tx& tx) {
            enqueue_job(tx, {kind + key, std::nullopt, kind, key, "payload of " + key, clock.now()}, clock.now());
        }));
    }
    JobWorker::Kind kind(std::function<base::Result<void>(Job const&)> perform) {
        return {"ring", 30min, 30s, [perform](Job const& job, std::stop_token) { return perform(job); }};
    }
    std::int64_t left() { return number(*database, "SELECT count(*) FROM job WHERE failed_at IS NULL"); }
    std::int64_t given_up() { return number(*database, "SELECT count(*) FROM job WHERE failed_at IS NOT NULL"); }

    HandClock clock;
    base::SystemRandom random;
    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(JobWorkerTest, does_each_job_of_its_kind_once) {
    for (auto const* key : {"a", "b", "c"})
        enqueue(key);
    enqueue("a", "other");
    auto done = std::vector<std::string>();
    auto worker = JobWorker(*database, clock, random, kind([&](Job const& job) -> base::Result<void> {
        done.push_back(job.payload);
        return {};
    }));
    worker.work();
    worker.work();
    EXPECT_EQ(done, (std::vector<std::string>{"payload of a", "payload of b", "payload of c"}));
    EXPECT_EQ(left(), 1) << "the one of the other kind";
    EXPECT_EQ(worker.counts().done, 3);
}

TEST_P(JobWorkerTest, tries_again_ever_more_slowly_and_gives_up_in_the_end) {
    enqueue("a");
    auto tries = std::vector<base::Instant>();
    auto worker = JobWorker(*database, clock, random, kind([&](Job const&) {
        tries.push_back(clock.now());
        return busy();
    }));
    auto const begin = clock.now();
    for (; clock.now() < begin + 2h; clock.pass(1s))
        worker.work();
    ASSERT_GE(tries.size(), 3U);
    EXPECT_EQ(tries[1] - tries[0], 1s);
    EXPECT_EQ(tries[2] - tries[1], 2s);
    EXPECT_LT(tries.back() - begin, 30min);
    EXPECT_EQ(left(), 0);
    EXPECT_EQ(given_up(), 1);
    EXPECT_EQ(worker.counts().given_up, 1);
    EXPECT_EQ(worker.counts().retried, static_cast<std::int64_t>(tries.size()) - 1);
}

TEST_P(JobWorkerTest, tries_no_second_time_what_cannot_succeed) {
    enqueue("a");
    auto tries = 0;
    auto worker = JobWorker(*database, clock, random, kind([&](Job const&) -> base::Result<void> {
        ++tries;
        return base::fail(base::Fault::refused, "no_such_address", "never");
    }));
    worker.work();
    clock.pass(1h);
    worker.work();
    EXPECT_EQ(tries, 1);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM job WHERE why = 'no_such_address' AND failed_at IS NOT NULL"), 1);
}

TEST_P(JobWorkerTest, takes_over_what_a_dead_node_had_in_hand_when_its_time_is_up) {
    enqueue("a");
    ASSERT_TRUE(write(*database, [&](Tx& tx) { claim_due_jobs(tx, "ring", "dead", clock.now(), 30s, 1); }));
    auto tries = 0;
    auto worker = JobWorker(*database, clock, random, kind([&](Job const&) -> base::Result<void> {
        ++tries;
        return {};
    }));
    clock.pass(29s);
    worker.work();
    EXPECT_EQ(tries, 0);
    clock.pass(1s);
    worker.work();
    EXPECT_EQ(tries, 1);
    EXPECT_EQ(left(), 0);
}

TEST_P(JobWorkerTest, does_not_wait_for_a_time_that_the_clock_went_back_from) {
    enqueue("a");
    auto tries = 0;
    auto worker = JobWorker(*database, clock, random, kind([&](Job const&) {
        ++tries;
        return busy();
    }));
    worker.work();
    clock.pass(-20min);
    worker.work();
    EXPECT_EQ(tries, 1);
    ASSERT_TRUE(worker.clock_set_back(clock.now()));
    worker.work();
    EXPECT_EQ(tries, 2);
    ASSERT_TRUE(write(*database, [&](Tx& tx) { claim_due_jobs(tx, "ring", "dead", clock.now() + 1h, 30s, 1); }));
    ASSERT_TRUE(worker.clock_set_back(clock.now()));
    clock.pass(30s);
    worker.work();
    EXPECT_EQ(tries, 3);
}

TEST_P(JobWorkerTest, outlives_an_exception_and_does_the_other_jobs) {
    enqueue("a");
    enqueue("b");
    auto done = std::vector<std::string>();
    auto worker = JobWorker(*database, clock, random, kind([&](Job const& job) -> base::Result<void> {
        if (job.unique_key == "a") throw std::runtime_error("a bug");
        done.push_back(job.unique_key);
        return {};
    }));
    worker.work();
    EXPECT_EQ(done, std::vector<std::string>{"b"});
    EXPECT_EQ(left(), 1);
}

TEST_P(JobWorkerTest, rests_while_the_database_is_quarantined) {
    enqueue("a");
    ASSERT_TRUE(write(*database, [&](Tx& tx) { set_meta(tx, "quarantined_at", "1"); }));
    auto tries = 0;
    auto worker = JobWorker(*database, clock, random, kind([&](Job const&) -> base::Result<void> {
        ++tries;
        return {};
    }));
    worker.work();
    EXPECT_EQ(tries, 0);
    ASSERT_TRUE(write(*database, [&](Tx& tx) { activate(tx); }));
    worker.work();
    EXPECT_EQ(tries, 1);
}

TEST_P(JobWorkerTest, wakes_at_once_and_stops_in_the_middle_of_a_try) {
    auto begun = std::latch(1);
    auto worker = JobWorker(*database, clock, random,
                            {"ring", 30min, 30s, [&](Job const&, std::stop_token stop) -> base::Result<void> {
                                 auto asked = std::latch(1);
                                 auto const told = std::stop_callback(stop, [&] { asked.count_down(); });
                                 begun.count_down();
                                 asked.wait();
                                 return busy();
                             }});
    worker.start();
    enqueue("a");
    worker.wake();
    begun.wait();
    worker.stop();
    EXPECT_EQ(left(), 1) << "to be tried again by the next";
    EXPECT_EQ(number(*database, "SELECT count(*) FROM job WHERE claimed_by IS NULL"), 1);
}

TEST_P(JobWorkerTest, four_nodes_do_each_job_once) {
    auto mutex = std::mutex();
    auto done = std::multiset<std::string>();
    auto all = std::latch(40);
    auto const perform = kind([&](Job const& job) -> base::Result<void> {
        auto lock = std::lock_guard(mutex);
        done.insert(job.unique_key);
        all.count_down();
        return {};
    });
    auto workers = std::vector<std::unique_ptr<JobWorker>>();
    for (auto i = 0; i < 4; ++i)
        workers.push_back(std::make_unique<JobWorker>(*database, clock, random, perform));
    for (auto const& worker : workers)
        worker->start();
    for (auto i = 0; i < 40; ++i)
        enqueue(std::to_string(i));
    for (auto const& worker : workers)
        worker->wake();
    all.wait();
    for (auto const& worker : workers)
        worker->stop();
    EXPECT_EQ(done.size(), 40U);
    EXPECT_EQ(std::set<std::string>(done.begin(), done.end()).size(), 40U);
    EXPECT_EQ(left(), 0);
}

APUNTA_ON_EACH_ENGINE(JobWorkerTest);

} // namespace
} // namespace store
