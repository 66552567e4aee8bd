#include "store/jobs.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <thread>

#include "store/test_rows.hpp"

namespace store {
namespace {

using std::chrono::seconds;

class JobsTest : public OnEachEngine {
protected:
    static base::Instant at(int second) { return base::Instant(seconds(second)); }
    bool enqueue(std::string const& key, int due = 0) {
        return database
            ->write([&](Tx& tx) -> base::Result<bool> {
                return enqueue_job(tx, {"id-" + key, std::nullopt, "remind", key, "{}", at(due)}, at(0));
            })
            .value();
    }
    std::vector<Job> claim(std::string_view holder, int second, int limit = 10) {
        return database
            ->write([&](Tx& tx) -> base::Result<std::vector<Job>> {
                return claim_due_jobs(tx, "remind", holder, at(second), seconds(30), limit);
            })
            .value();
    }
    std::string keys(std::vector<Job> const& jobs) {
        auto text = std::string();
        for (auto const& job : jobs)
            text += job.unique_key + " ";
        return text;
    }
    template <class Act>
    bool act(Act const& action) {
        return database->write([&](Tx& tx) -> base::Result<bool> { return action(tx); }).value();
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(JobsTest, the_same_work_is_enqueued_once_until_it_is_done) {
    EXPECT_TRUE(enqueue("a"));
    EXPECT_FALSE(enqueue("a"));
    auto const job = claim("node1", 0).at(0);
    EXPECT_FALSE(enqueue("a"));
    EXPECT_TRUE(act([&](Tx& tx) { return complete_job(tx, job); }));
    EXPECT_TRUE(enqueue("a"));
}

TEST_P(JobsTest, what_is_due_longest_is_claimed_first_and_what_is_not_due_waits) {
    for (auto const& [key, due] : {std::pair("late", 30), {"first", 10}, {"second", 20}})
        enqueue(key, due);
    EXPECT_EQ(keys(claim("node1", 20, 1)), "first ");
    EXPECT_EQ(keys(claim("node1", 20)), "second ");
    EXPECT_EQ(keys(claim("node1", 29)), "");
    EXPECT_EQ(keys(claim("node1", 30)), "late ");
}

TEST_P(JobsTest, a_claim_that_ran_out_passes_to_the_next_and_the_one_before_can_do_nothing_more) {
    enqueue("a");
    auto const first = claim("node1", 0).at(0);
    EXPECT_EQ(keys(claim("node2", 29)), "");
    auto const second = claim("node2", 30).at(0);
    EXPECT_EQ(second.attempts, 2);
    EXPECT_FALSE(act([&](Tx& tx) { return complete_job(tx, first); }));
    EXPECT_FALSE(act([&](Tx& tx) { return retry_job(tx, first, at(99), "late"); }));
    EXPECT_FALSE(act([&](Tx& tx) { return give_up_job(tx, first, at(99), "late"); }));
    EXPECT_TRUE(act([&](Tx& tx) { return complete_job(tx, second); }));
}

TEST_P(JobsTest, a_job_is_tried_again_later_and_given_up_for_good) {
    enqueue("a");
    auto const first = claim("node1", 0).at(0);
    ASSERT_TRUE(act([&](Tx& tx) { return retry_job(tx, first, at(60), "no answer"); }));
    EXPECT_EQ(keys(claim("node1", 59)), "");
    auto const second = claim("node1", 60).at(0);
    ASSERT_TRUE(act([&](Tx& tx) { return give_up_job(tx, second, at(61), "no answer"); }));
    EXPECT_EQ(keys(claim("node1", 9999)), "");
    EXPECT_EQ(number(*database, "SELECT count(*) FROM job WHERE why = 'no answer' AND failed_at = 61000"), 1);
}

TEST_P(JobsTest, the_next_due_time_counts_claims_and_one_kind_only) {
    auto const next = [&](std::string_view kind) {
        return database
            ->read([&](Tx& tx) -> base::Result<std::optional<base::Instant>> { return next_job_due(tx, kind); })
            .value();
    };
    EXPECT_EQ(next("remind"), std::nullopt);
    enqueue("a", 10);
    enqueue("b", 50);
    EXPECT_EQ(next("remind"), at(10));
    EXPECT_EQ(next("other"), std::nullopt);
    auto const first = claim("node1", 10).at(0);
    EXPECT_EQ(next("remind"), at(40)) << "the end of its claim";
    EXPECT_EQ(claim("node2", 39).size(), 0U);
    ASSERT_TRUE(act([&](Tx& tx) { return give_up_job(tx, first, at(11), "no answer"); }));
    EXPECT_EQ(next("remind"), at(50));
}

TEST_P(JobsTest, what_was_given_up_is_kept_for_a_while) {
    enqueue("a");
    enqueue("b");
    auto const first = claim("node1", 0).at(0);
    ASSERT_TRUE(act([&](Tx& tx) { return give_up_job(tx, first, at(60), "no answer"); }));
    EXPECT_FALSE(act([&](Tx& tx) { return trim_jobs(tx, at(60)) > 0; }));
    EXPECT_TRUE(act([&](Tx& tx) { return trim_jobs(tx, at(61)) == 1; }));
    EXPECT_EQ(number(*database, "SELECT count(*) FROM job"), 1);
}

TEST_P(JobsTest, eight_workers_claim_each_job_exactly_once) {
    auto const jobs = 200;
    ASSERT_TRUE(write(*database, [&](Tx& tx) {
        for (auto i = 0; i < jobs; ++i) {
            auto const key = std::to_string(i);
            enqueue_job(tx, {key, std::nullopt, "remind", key, "{}", at(0)}, at(0));
        }
    }));
    auto mutex = std::mutex();
    auto claimed = std::multiset<std::string>();
    auto const work = [&](int worker) {
        // Skipping what others hold, a worker may find nothing while there still is something.
        for (auto empty = 0; empty < 20;) {
            auto const mine = claim("node" + std::to_string(worker), 0, 5);
            if (mine.empty()) ++empty;
            auto lock = std::scoped_lock(mutex);
            for (auto const& job : mine)
                claimed.insert(job.id);
        }
    };
    {
        auto threads = std::vector<std::jthread>();
        for (auto i = 0; i < 8; ++i)
            threads.emplace_back(work, i);
    }
    EXPECT_EQ(claimed.size(), 200U);
    EXPECT_EQ(std::set<std::string>(claimed.begin(), claimed.end()).size(), 200U);
}

APUNTA_ON_EACH_ENGINE(JobsTest);

TEST(RetryDelayTest, doubles_from_a_second_to_an_hour) {
    EXPECT_EQ(retry_delay(1), seconds(1));
    EXPECT_EQ(retry_delay(2), seconds(2));
    EXPECT_EQ(retry_delay(5), seconds(16));
    EXPECT_EQ(retry_delay(13), seconds(3600));
    EXPECT_EQ(retry_delay(1'000'000), seconds(3600));
}

} // namespace
} // namespace store
