#include "store/changes.hpp"

#include <gmock/gmock.h>

#include <future>
#include <set>
#include <thread>

#include "store/test_rows.hpp"

namespace store {
namespace {

using base::BusinessId;

class ChangesTest : public OnEachEngine {
protected:
    void SetUp() override {
        ASSERT_EQ(code_of(write(*database,
                                [](Tx& tx) {
                                    add_business(tx, "b1");
                                    add_business(tx, "b2");
                                })),
                  "ok");
    }
    std::vector<std::int64_t> numbers(BusinessId const& business, std::int64_t after = 0) {
        auto seqs = std::vector<std::int64_t>();
        auto const rows = read(*database, [&](Tx& tx) { return changes_after(tx, business, after, 10'000); });
        for (auto const& row : rows)
            seqs.push_back(row.seq);
        return seqs;
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
    BusinessId b1 = BusinessId("b1");
    BusinessId b2 = BusinessId("b2");
};

bool counts_up_from(std::int64_t first, std::vector<std::int64_t> const& numbers) {
    for (auto const number : numbers) {
        if (number != first++) return false;
    }
    return true;
}

TEST_P(ChangesTest, each_business_counts_by_itself_in_the_order_noted) {
    ASSERT_TRUE(write(*database, [&](Tx& tx) {
        tx.note({b2, "booking.created", "x"});
        tx.note({b1, "booking.created", "y"});
        tx.note({b1, "booking.cancelled", "y"});
    }));
    auto const rows = read(*database, [&](Tx& tx) { return changes_after(tx, b1, 0, 10); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].kind + " " + rows[0].ref, "booking.created y");
    EXPECT_EQ(rows[1].kind + " " + rows[1].ref, "booking.cancelled y");
    EXPECT_EQ(numbers(b2), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(read(*database, [&](Tx& tx) { return latest_seq(tx, b1); }), 2);
    EXPECT_EQ(read(*database, [&](Tx& tx) { return latest_seq(tx, BusinessId("none")); }), 0);
}

TEST_P(ChangesTest, what_was_undone_leaves_no_gap) {
    for (auto const good : {true, false, true}) {
        (void)database->write([&](Tx& tx) -> base::Result<void> {
            tx.note({b1, "k", "r"});
            if (good) return {};
            return base::fail(base::Fault::invalid, "no", "no");
        });
    }
    EXPECT_EQ(numbers(b1), (std::vector<std::int64_t>{1, 2}));
}

TEST_P(ChangesTest, a_follower_of_concurrent_writers_never_sees_a_gap) {
    auto seen = std::vector<std::int64_t>();
    auto const follow = [&] {
        auto const news = numbers(b1, seen.empty() ? 0 : seen.back());
        seen.insert(seen.end(), news.begin(), news.end());
    };
    {
        auto writers = std::vector<std::jthread>();
        for (auto i = 0; i < 8; ++i) {
            writers.emplace_back([&, i] {
                for (auto j = 0; j < 20; ++j) {
                    EXPECT_TRUE(write(*database, [&](Tx& tx) {
                        tx.note({i % 2 == 0 ? b1 : b2, "k", "r"});
                        tx.note({b1, "k", "r"});
                    }));
                }
            });
        }
        while (seen.size() < 100)
            follow();
    }
    follow();
    EXPECT_TRUE(counts_up_from(1, seen));
    EXPECT_EQ(seen.size(), 160U + 80U);
    EXPECT_EQ(numbers(b2).size(), 80U);
    EXPECT_TRUE(counts_up_from(1, numbers(b2)));
}

TEST_P(ChangesTest, trimming_removes_the_old_and_keeps_the_count) {
    auto const at = [](int minute) { return base::Instant(base::Minutes(minute)); };
    for (auto const minute : {1, 2, 3}) {
        ASSERT_TRUE(write(*database, [&](Tx& tx) {
            auto const change = Change{b1, "k", "r"};
            append_changes(tx, {&change, 1}, at(minute));
        }));
    }
    auto removed = std::int64_t{};
    ASSERT_TRUE(write(*database, [&](Tx& tx) { removed = trim_changes(tx, at(3)); }));
    EXPECT_EQ(removed, 2);
    EXPECT_EQ(numbers(b1), (std::vector<std::int64_t>{3}));
    ASSERT_TRUE(write(*database, [&](Tx& tx) { tx.note({b1, "k", "r"}); }));
    EXPECT_EQ(numbers(b1, 3), (std::vector<std::int64_t>{4}));
}

TEST_P(ChangesTest, the_listener_hears_each_business_once_after_the_commit_and_nothing_of_what_was_undone) {
    auto heard = std::vector<std::string>();
    database->on_change([&](BusinessId const& business) {
        EXPECT_FALSE(numbers(business).empty()) << "before the commit";
        heard.push_back(business.text());
    });
    ASSERT_TRUE(write(*database, [&](Tx& tx) {
        tx.note({b1, "k", "r"});
        tx.note({b1, "k", "r"});
        tx.note({b2, "k", "r"});
    }));
    ASSERT_TRUE(write(*database, [](Tx& tx) { tx.run("UPDATE staff SET position = 2"); }));
    EXPECT_FALSE(write(*database, [&](Tx& tx) {
        tx.note({b1, "k", "r"});
        tx.run("UPDATE service SET duration_minutes = 1");
    }));
    database->on_change({});
    EXPECT_EQ(heard, (std::vector<std::string>{"b1", "b2"}));
}

APUNTA_ON_EACH_ENGINE(ChangesTest);

} // namespace
} // namespace store
