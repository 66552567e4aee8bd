#include "conversation/lanes.hpp"

#include <thread>

#include "conversation/chat_test.hpp"

namespace conversation {
namespace {

class Ticking final : public base::Clock {
public:
    explicit Ticking(base::Instant start) : now_(base::to_millis(start)) {}
    base::Instant now() const override { return base::from_millis(now_); }
    void advance(base::Milliseconds time) { now_ += time.count(); }

private:
    std::atomic<std::int64_t> now_;
};

class LanesOnBothEngines : public OnBothEngines {
protected:
    LanesOnBothEngines() { chat.salon.now = clock.now(); }
    std::unique_ptr<Lanes> node() {
        return std::make_unique<Lanes>(Lanes::Doors{chat.database().get(), clock, clock, chat.salon.random, [] {}}, 2);
    }
    std::int64_t turns() {
        return chat.database()
            .get()
            .read([&](store::Tx& tx) -> base::Result<std::int64_t> {
                return *tx.one("SELECT COUNT(*) FROM turn WHERE business_id = ?1", {chat.salon.business},
                               [](store::Row const& row) { return row.integer(0); });
            })
            .value();
    }
    Ticking clock{at("2026-03-02T10:00")};
};

INSTANTIATE_TEST_SUITE_P(Conversation, LanesOnBothEngines, ::testing::ValuesIn(store::engines_under_test()),
                         [](::testing::TestParamInfo<store::Engine> const& engine) {
                             return store::engine_name(engine.param);
                         });

TEST_P(LanesOnBothEngines, what_was_waiting_when_the_process_ended_is_taken_up) {
    chat.receive("hola");
    auto lanes = node();
    ASSERT_TRUE(lanes->start());
    lanes->rest();
    EXPECT_EQ(chat.outcomes(), std::vector<std::string>{"answered/"});
}

TEST_P(LanesOnBothEngines, a_lane_wakes_when_the_clock_reaches_its_breath) {
    auto lanes = node();
    ASSERT_TRUE(lanes->start());
    chat.breath = Breath();
    auto received = chat.receive("hola, ¿qué tal?");
    lanes->wake(chat.salon.business, received.conversation, *chat.row().wake_at);
    lanes->rest();
    EXPECT_EQ(chat.outcomes(), std::vector<std::string>{"waiting"});
    EXPECT_EQ(lanes->next_due(), chat.row().wake_at);
    clock.advance(3s);
    lanes->clock_moved();
    lanes->rest();
    EXPECT_EQ(chat.outcomes(), std::vector<std::string>{"answered/"});
}

TEST_P(LanesOnBothEngines, many_messages_of_one_chat_are_answered_in_order_one_turn_at_a_time) {
    auto lanes = node();
    ASSERT_TRUE(lanes->start());
    for (auto i = 0; i < 10; ++i) {
        auto received = chat.receive("hola");
        lanes->wake(chat.salon.business, received.conversation, clock.now());
    }
    lanes->rest();
    EXPECT_EQ(chat.outcomes(), std::vector<std::string>(10, "answered/"));
    EXPECT_LE(turns(), 10);
}

class TwoNodes : public LanesOnBothEngines {};
INSTANTIATE_TEST_SUITE_P(Conversation, TwoNodes, ::testing::Values(store::Engine::postgres),
                         [](::testing::TestParamInfo<store::Engine> const& engine) {
                             return store::engine_name(engine.param);
                         });

TEST_P(TwoNodes, one_answers_a_business_and_the_other_takes_over_when_its_lease_has_run_out) {
    auto one = Holdings(clock.now(), chat.salon.random);
    auto other = Holdings(clock.now(), chat.salon.random);
    auto holds = [&](Holdings& node) {
        return chat.database()
            .get()
            .write([&](store::Tx& tx) -> base::Result<bool> { return node.hold(tx, chat.salon.business, clock.now()); })
            .value();
    };
    EXPECT_TRUE(holds(one));
    EXPECT_FALSE(holds(other));
    clock.advance(10s);
    EXPECT_TRUE(holds(one)) << "working renews the lease";
    clock.advance(10s);
    EXPECT_FALSE(holds(other));
    clock.advance(lease_time + lease_margin);
    EXPECT_TRUE(holds(other));
    EXPECT_FALSE(holds(one)) << "the one that slept too long is fenced";
}

TEST_P(TwoNodes, two_nodes_that_are_both_woken_answer_once) {
    auto one = node();
    auto other = node();
    ASSERT_TRUE(one->start());
    ASSERT_TRUE(other->start());
    for (auto i = 0; i < 10; ++i) {
        auto received = chat.receive("hola");
        one->wake(chat.salon.business, received.conversation, clock.now());
        other->wake(chat.salon.business, received.conversation, clock.now());
    }
    one->rest();
    other->rest();
    auto replies = std::map<std::string, int>();
    for (auto const& message : chat.messages()) {
        if (message.turn) ++replies[message.turn->text()];
    }
    EXPECT_EQ(chat.outcomes(), std::vector<std::string>(10, "answered/"));
    EXPECT_EQ(static_cast<std::int64_t>(replies.size()), turns());
}

} // namespace
} // namespace conversation
