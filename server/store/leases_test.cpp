#include "store/leases.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/test_rows.hpp"

namespace store {
namespace {

using std::chrono::seconds;

class LeasesTest : public OnEachEngine {
protected:
    static base::Instant at(int second) { return base::Instant(seconds(second)); }
    std::optional<Lease> acquire(std::string_view holder, int second) {
        auto result = database->write([&](Tx& tx) -> base::Result<std::optional<Lease>> {
            return acquire_lease(tx, "wake", holder, at(second), seconds(10));
        });
        return result.value();
    }
    std::optional<Lease> renew(Lease const& lease, int second) {
        auto result = database->write([&](Tx& tx) -> base::Result<std::optional<Lease>> {
            return renew_lease(tx, lease, at(second), seconds(10));
        });
        return result.value();
    }
    bool holds(Lease const& lease, int second) {
        return database->write([&](Tx& tx) -> base::Result<bool> { return holds_lease(tx, lease, at(second)); })
            .value();
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(LeasesTest, one_holds_it_and_the_next_waits_until_it_has_run_out) {
    auto const first = acquire("node1", 0);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->epoch, 1);
    EXPECT_EQ(first->until, at(10));
    EXPECT_FALSE(acquire("node2", 9));
    auto const second = acquire("node2", 10);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->epoch, 2);
}

TEST_P(LeasesTest, one_that_a_clock_since_set_back_has_given_is_not_waited_for) {
    auto const ahead = acquire("node1", 1000);
    ASSERT_TRUE(ahead);
    EXPECT_FALSE(acquire("node2", 990)) << "two clocks may differ a little";
    auto const now = acquire("node2", 500);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->epoch, 2);
    EXPECT_EQ(now->until, at(510));
    EXPECT_FALSE(holds(*ahead, 501));
}

TEST_P(LeasesTest, its_holder_prolongs_it_without_knowing_its_epoch) {
    auto const renew_own = [&](std::string_view holder, int second) {
        return database
            ->write([&](Tx& tx) -> base::Result<std::optional<Lease>> {
                return renew_own_lease(tx, "wake", holder, at(second), seconds(10));
            })
            .value();
    };
    EXPECT_FALSE(renew_own("node1", 0)) << "there is none";
    ASSERT_TRUE(acquire("node1", 0));
    EXPECT_FALSE(renew_own("node2", 5));
    auto const renewed = renew_own("node1", 5);
    ASSERT_TRUE(renewed);
    EXPECT_EQ(renewed->epoch, 1);
    EXPECT_TRUE(holds(*renewed, 14));
    EXPECT_FALSE(renew_own("node1", 15)) << "it has run out";
}

TEST_P(LeasesTest, the_holder_before_is_fenced_once_another_took_over) {
    auto const first = acquire("node1", 0).value();
    EXPECT_TRUE(holds(first, 9));
    EXPECT_FALSE(holds(first, 10)) << "run out, though nobody took it yet";
    ASSERT_TRUE(acquire("node2", 20));
    EXPECT_FALSE(holds(first, 5)) << "even by a clock that is late";
    EXPECT_FALSE(renew(first, 5));
}

TEST_P(LeasesTest, renewing_in_time_keeps_the_epoch) {
    auto lease = acquire("node1", 0).value();
    lease = renew(lease, 9).value();
    EXPECT_EQ(lease.epoch, 1);
    EXPECT_FALSE(acquire("node2", 18));
    EXPECT_FALSE(renew(lease, 19)) << "too late";
}

TEST_P(LeasesTest, the_same_holder_starts_anew_and_fences_what_it_did_before) {
    auto const before = acquire("node1", 0).value();
    auto const after = acquire("node1", 1).value();
    EXPECT_EQ(after.epoch, 2);
    EXPECT_FALSE(holds(before, 2));
    EXPECT_TRUE(holds(after, 2));
}

TEST_P(LeasesTest, a_released_lease_is_free_at_once_and_its_epoch_goes_on_rising) {
    auto const first = acquire("node1", 0).value();
    ASSERT_TRUE(write(*database, [&](Tx& tx) { release_lease(tx, first); }));
    auto const second = acquire("node2", 1).value();
    EXPECT_EQ(second.epoch, 2);
    ASSERT_TRUE(write(*database, [&](Tx& tx) { release_lease(tx, first); }));
    EXPECT_TRUE(holds(second, 2)) << "a late release of the first takes nothing away";
}

TEST_P(LeasesTest, of_many_at_once_one_gets_it) {
    auto winners = std::atomic<int>(0);
    {
        auto threads = std::vector<std::jthread>();
        for (auto i = 0; i < 8; ++i) {
            threads.emplace_back([&, i] {
                if (acquire("node" + std::to_string(i), 0)) ++winners;
            });
        }
    }
    EXPECT_EQ(winners, 1);
}

/// SQLite has one writer: a second transaction cannot even begin.
bool somebody_waits_for(Tx& tx) {
    if (tx.engine() == Engine::sqlite) return true;
    for (auto i = 0; i < 10'000; ++i) {
        auto const waits = tx.one("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'", {},
                                  [](Row const& row) { return row.flag(0); });
        if (waits == true) return true;
    }
    return false;
}

TEST_P(LeasesTest, nobody_takes_over_while_a_fenced_write_is_under_way) {
    auto const lease = acquire("node1", 0).value();
    auto taken = std::atomic<bool>(false);
    auto taker = std::thread();
    ASSERT_TRUE(write(*database, [&](Tx& tx) {
        ASSERT_TRUE(holds_lease(tx, lease, at(9)));
        if (!taker.joinable()) taker = std::thread([&] { taken = acquire("node2", 11).has_value(); });
        EXPECT_TRUE(somebody_waits_for(tx)) << "or took it";
        EXPECT_FALSE(taken);
    }));
    taker.join();
    EXPECT_TRUE(taken);
}

APUNTA_ON_EACH_ENGINE(LeasesTest);

} // namespace
} // namespace store
