#include "store/idempotency.hpp"

#include <gtest/gtest.h>

#include "store/meta.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

class IdempotencyTest : public OnEachEngine {
protected:
    base::Result<void> remember(std::string_view business, std::string_view actor, std::string_view key,
                                int minute = 0) {
        return write(*database, [&](Tx& tx) {
            remember_answer(tx, base::BusinessId(std::string(business)), actor, key, {"hash", 201, "{\"id\":1}"},
                            base::Instant(base::Minutes(minute)));
        });
    }
    bool found(std::string_view business, std::string_view actor, std::string_view key) {
        return read(*database, [&](Tx& tx) {
            auto const answer = find_answer(tx, base::BusinessId(std::string(business)), actor, key);
            return answer && answer->status == 201 && answer->request_hash == "hash" && answer->body == "{\"id\":1}";
        });
    }
    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(IdempotencyTest, an_answer_is_found_by_its_business_actor_and_key_alone) {
    ASSERT_TRUE(remember("b1", "owner", "k1"));
    EXPECT_TRUE(found("b1", "owner", "k1"));
    EXPECT_FALSE(found("b2", "owner", "k1"));
    EXPECT_FALSE(found("b1", "other", "k1"));
    EXPECT_FALSE(found("b1", "owner", "k2"));
}

TEST_P(IdempotencyTest, the_second_of_two_equal_requests_is_undone_whole) {
    ASSERT_TRUE(remember("b1", "owner", "k1"));
    auto const second = write(*database, [&](Tx& tx) {
        set_meta(tx, "done", "twice");
        remember_answer(tx, base::BusinessId("b1"), "owner", "k1", {"hash", 201, ""}, base::Instant());
    });
    EXPECT_EQ(code_of(second), "already_exists");
    EXPECT_FALSE(read(*database, [](Tx& tx) { return meta(tx, "done"); }));
}

TEST_P(IdempotencyTest, old_answers_are_forgotten) {
    ASSERT_TRUE(remember("b1", "owner", "old", 1));
    ASSERT_TRUE(remember("b1", "owner", "new", 2));
    auto trimmed = std::int64_t{};
    ASSERT_TRUE(write(*database, [&](Tx& tx) { trimmed = trim_answers(tx, base::Instant(base::Minutes(2))); }));
    EXPECT_EQ(trimmed, 1);
    EXPECT_FALSE(found("b1", "owner", "old"));
    EXPECT_TRUE(found("b1", "owner", "new"));
}

TEST_P(IdempotencyTest, a_fact_about_the_database_is_set_replaced_and_removed) {
    auto const value = [&] { return read(*database, [](Tx& tx) { return meta(tx, "k"); }); };
    EXPECT_EQ(value(), std::nullopt);
    for (auto const* text : {"one", "two"}) {
        ASSERT_TRUE(write(*database, [&](Tx& tx) { set_meta(tx, "k", text); }));
        EXPECT_EQ(value(), text);
    }
    ASSERT_TRUE(write(*database, [](Tx& tx) { remove_meta(tx, "k"); }));
    EXPECT_EQ(value(), std::nullopt);
}

APUNTA_ON_EACH_ENGINE(IdempotencyTest);

} // namespace
} // namespace store
