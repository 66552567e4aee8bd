#include "outbox/sender.hpp"

#include <gtest/gtest.h>

#include "outbox/outbox.hpp"
#include "store/business.hpp"
#include "store/customer.hpp"
#include "store/testing.hpp"

namespace outbox {
namespace {

using namespace std::chrono_literals;

class StandingClock final : public base::Clock {
public:
    base::Instant now() const override { return base::from_millis(now_); }
    void advance(base::Milliseconds time) { now_ += time.count(); }

private:
    std::atomic<std::int64_t> now_{1'800'000'000'000};
};

/// A channel that does as it is told and remembers what it was given.
class Channel final : public Messenger {
public:
    std::vector<Delivery> send(std::vector<Outbound> const& messages) override {
        auto lock = std::lock_guard(mutex_);
        for (auto const& message : messages)
            given_.push_back(message);
        return std::vector(messages.size(), answer_);
    }
    void answer_with(Delivery answer) {
        auto lock = std::lock_guard(mutex_);
        answer_ = answer;
    }
    std::vector<Outbound> given() {
        auto lock = std::lock_guard(mutex_);
        return given_;
    }

private:
    std::mutex mutex_;
    Delivery answer_ = Delivery::sent;
    std::vector<Outbound> given_;
};

class Sending : public ::testing::TestWithParam<store::Engine> {
protected:
    Sending() {
        write([&](store::Tx& tx) {
            auto row = store::BusinessRow();
            row.id = business;
            row.kind = "other";
            row.timezone = "Europe/Madrid";
            row.assistant_mode = "always";
            store::insert_business(tx, row);
            store::insert_customer(tx, business, {.id = customer, .created_at = clock.now()});
            chat = store::find_or_add_conversation(tx, business,
                                                   {.id = base::ConversationId::make(clock.now(), random),
                                                    .customer = customer,
                                                    .channel = "simulator",
                                                    .address_kind = "phone",
                                                    .address_value = "+34600111222",
                                                    .created_at = clock.now()});
        });
        sender.start();
    }
    ~Sending() override { sender.stop(); }

    template <class Body>
    void write(Body const& body) {
        auto done = database.get().write([&](store::Tx& tx) -> base::Result<void> {
            body(tx);
            return {};
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    std::optional<base::MessageId> owe(std::string const& key, Reason reason = Reason::reply,
                                       std::optional<base::Instant> expires = {}) {
        auto queued = std::optional<base::MessageId>();
        write([&](store::Tx& tx) {
            queued = queue(tx, business, chat,
                           {.author = "assistant",
                            .text = key,
                            .reason = reason,
                            .turn = {},
                            .booking = {},
                            .dedupe_key = key,
                            .expires_at = expires},
                           {clock.now(), clock.now()}, random);
        });
        return queued;
    }
    std::string state(base::MessageId const& id) {
        return database.get()
            .read([&](store::Tx& tx) -> base::Result<std::string> {
                return *tx.one("SELECT state, why FROM outbox WHERE message_id = ?1", {id}, [](store::Row const& row) {
                    return row.string(0) + (row.is_null(1) ? "" : "/" + row.string(1));
                });
            })
            .value();
    }
    std::vector<std::string> texts() {
        auto all = std::vector<std::string>();
        for (auto const& message : channel.given())
            all.push_back(message.text);
        return all;
    }

    store::TestDatabase database{GetParam()};
    StandingClock clock;
    base::SystemRandom random;
    Channel channel;
    Sender sender{database.get(), channel, clock, clock};
    base::BusinessId business = base::BusinessId::make(clock.now(), random);
    base::CustomerId customer = base::CustomerId::make(clock.now(), random);
    store::ConversationRow chat;
};

INSTANTIATE_TEST_SUITE_P(Outbox, Sending, ::testing::ValuesIn(store::engines_under_test()),
                         [](::testing::TestParamInfo<store::Engine> const& engine) {
                             return store::engine_name(engine.param);
                         });

using Texts = std::vector<std::string>;

TEST_P(Sending, what_is_owed_leaves_in_order_and_once) {
    auto first = owe("a");
    owe("b");
    EXPECT_EQ(owe("a"), std::nullopt) << "the same key is queued once";
    sender.rest();
    EXPECT_EQ(texts(), (Texts{"a", "b"}));
    EXPECT_EQ(state(*first), "sent");
    sender.rest();
    EXPECT_EQ(channel.given().size(), 2U);
}

TEST_P(Sending, while_the_link_is_down_it_is_tried_again_with_the_same_id_and_what_follows_waits) {
    channel.answer_with(Delivery::later);
    auto first = owe("a");
    sender.rest();
    EXPECT_EQ(state(*first), "queued/link_down");
    owe("b");
    sender.rest();
    EXPECT_EQ(texts(), Texts{"a"}) << "b must not overtake a";

    channel.answer_with(Delivery::sent);
    clock.advance(2s);
    sender.rest();
    EXPECT_EQ(texts(), (Texts{"a", "a", "b"}));
    EXPECT_EQ(channel.given()[0].id, channel.given()[1].id);
    EXPECT_EQ(state(*first), "sent/link_down");
}

TEST_P(Sending, after_ten_tries_it_is_given_up) {
    channel.answer_with(Delivery::later);
    auto message = owe("a");
    for (auto i = 0; i < 12; ++i) {
        sender.rest();
        clock.advance(61s);
    }
    EXPECT_EQ(channel.given().size(), 10U);
    EXPECT_EQ(state(*message), "failed/gave_up");
}

TEST_P(Sending, what_a_dead_process_was_sending_is_sent_again) {
    sender.stop();
    auto message = owe("a");
    write([&](store::Tx& tx) { store::mark_sending(tx, business, *message, clock.now() + 30s); });
    auto next = Sender(database.get(), channel, clock, clock);
    next.start();
    next.rest();
    if (GetParam() == store::Engine::postgres) {
        EXPECT_EQ(texts(), Texts{}) << "another node may be at it";
        clock.advance(31s);
        next.rest();
    }
    EXPECT_EQ(texts(), Texts{"a"});
}

TEST_P(Sending, what_is_too_late_or_over_the_daily_limit_is_not_sent_and_the_ledger_says_why) {
    auto late = owe("late", Reason::reply, clock.now());
    write([&](store::Tx& tx) { store::insert_channel(tx, business, {"simulator", "online", 1}, clock.now()); });
    auto first = owe("first", Reason::reminder);
    sender.rest();
    auto second = owe("second", Reason::reminder);
    auto answer = owe("answer", Reason::reply);
    sender.rest();
    EXPECT_EQ(texts(), (Texts{"first", "answer"})) << "answers need no budget";
    EXPECT_EQ(state(*late), "suppressed/expired");
    EXPECT_EQ(state(*first), "sent");
    EXPECT_EQ(state(*second), "suppressed/daily_limit");
    EXPECT_EQ(state(*answer), "sent");
}

TEST_P(Sending, a_number_that_cannot_be_reached_fails_at_once) {
    channel.answer_with(Delivery::never);
    auto message = owe("a");
    sender.rest();
    clock.advance(100s);
    sender.rest();
    EXPECT_EQ(channel.given().size(), 1U);
    EXPECT_EQ(state(*message), "failed/refused_by_channel");
}

TEST_P(Sending, receipts_move_the_ledger_forward_and_never_back) {
    auto message = owe("a");
    sender.rest();
    for (auto const& [given, expected] : std::vector<std::pair<std::string, std::string>>{
             {"read", "read"}, {"delivered", "read"}, {"sent", "read"}, {"failed", "read"}}) {
        write([&](store::Tx& tx) { receipt(tx, business, *message, given, "", clock.now()); });
        EXPECT_EQ(state(*message), expected) << given;
    }
}

} // namespace
} // namespace outbox
