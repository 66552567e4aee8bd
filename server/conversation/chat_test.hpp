// A chat to try turns on: a salon, one customer's phone and a clock that stands still.
#pragma once

#include <gtest/gtest.h>

#include "booking/salon_test.hpp"
#include "conversation/answering.hpp"
#include "conversation/inbox.hpp"
#include "conversation/turn.hpp"
#include "store/conversation.hpp"
#include "store/outbox.hpp"

namespace conversation {

using namespace std::chrono_literals;
using booking::at;

class Chat {
public:
    explicit Chat(store::Engine engine) : database_(engine), salon(database_.get()) {}

    store::TestDatabase& database() { return database_; }

    Received receive(std::string const& text, std::string const& id = "", bool from_owner = false) {
        return database_.get()
            .write([&](store::Tx& tx) -> base::Result<Received> {
                auto inbound = Inbound{.business = salon.business,
                                       .channel = channel,
                                       .address = {"phone", phone},
                                       .external_id = id.empty() ? base::make_uuid(now(), salon.random) : id,
                                       .from_owner = from_owner,
                                       .name = {},
                                       .kind = "text",
                                       .text = text,
                                       .sent_at = now()};
                return conversation::receive(tx, inbound, breath, both(), salon.random);
            })
            .value();
    }
    /// Takes the chat's turn; answers when it wants to be woken again.
    NextWake turn() {
        auto chat = row();
        return database_.get()
            .write([&](store::Tx& tx) { return take_turn(tx, salon.business, chat.id, both(), salon.random); })
            .value();
    }
    /// Writes as the customer and answers what her phone would show.
    std::string say(std::string const& text) {
        auto before = messages().size();
        receive(text);
        turn();
        auto answer = std::string();
        auto all = messages();
        for (auto i = before; i < all.size(); ++i) {
            if (all[i].direction == "out") answer += all[i].text + "\n";
        }
        return answer;
    }

    store::ConversationRow row() {
        return database_.get()
            .read([&](store::Tx& tx) -> base::Result<store::ConversationRow> {
                return store::find_conversation_by_address(tx, salon.business, channel, "phone", phone).value();
            })
            .value();
    }
    std::vector<store::MessageRow> messages() {
        return database_.get()
            .read([&](store::Tx& tx) -> base::Result<std::vector<store::MessageRow>> {
                auto chat = store::find_conversation_by_address(tx, salon.business, channel, "phone", phone);
                if (!chat) return std::vector<store::MessageRow>();
                return store::list_messages(tx, salon.business, chat->id, 1'000'000, 1'000);
            })
            .value();
    }
    /// outcome/reason of each incoming message, in order; "waiting" while no turn has taken it.
    std::vector<std::string> outcomes() {
        return database_.get()
            .read([&](store::Tx& tx) -> base::Result<std::vector<std::string>> {
                return tx.all("SELECT outcome, reason FROM inbox WHERE business_id = ?1 AND from_owner = 0 ORDER BY "
                              "received_at, seq",
                              {salon.business}, [](store::Row const& row) {
                                  if (row.is_null(0)) return std::string("waiting");
                                  return row.string(0) + "/" + row.string(1);
                              });
            })
            .value();
    }
    template <class Act>
    auto act(Act const& what) {
        return database_.get().write([&](store::Tx& tx) { return what(tx, row_in(tx)); });
    }

    /// A reminder of the booking goes out, as the room of reminders would queue it.
    void remind(base::BookingId const& booking) {
        act([&](store::Tx& tx, base::ConversationId const& id) -> base::Result<bool> {
            outbox::queue(tx, salon.business, store::lock_conversation(tx, salon.business, id).value(),
                          {.author = "assistant",
                           .text = "Mañana a las 10:00. ¿Vienes?",
                           .reason = outbox::Reason::reminder,
                           .turn = {},
                           .booking = booking,
                           .dedupe_key = "reminder/" + booking.text(),
                           .expires_at = {},
                           .unasked = true},
                          both(), salon.random);
            return true;
        }).value();
    }

    base::Instant now() const { return salon.now; }
    void wait(base::Milliseconds time) { salon.now += time; }

    std::string phone = "+34600111222";
    std::string channel = "simulator";
    Breath breath = breath_of(base::Milliseconds(0));

private:
    outbox::Now both() const { return {salon.now, salon.now}; }
    base::ConversationId row_in(store::Tx& tx) {
        return store::find_conversation_by_address(tx, salon.business, channel, "phone", phone).value().id;
    }
    store::TestDatabase database_;

public:
    booking::Salon salon;
};

class OnBothEngines : public ::testing::TestWithParam<store::Engine> {
protected:
    Chat chat{GetParam()};
};

} // namespace conversation
