#include "whatsapp/simulator.hpp"

#include <algorithm>

#include "base/crash_point.hpp"
#include "conversation/lanes.hpp"
#include "store/conversation.hpp"

namespace whatsapp {
namespace {

constexpr auto phone_kind = "phone";
constexpr auto page = std::int64_t{200};
/// A reply is on the phone a moment before the outbox knows. Whoever is told "not idle" in between would ask again, and
/// then wait for a message that is not to come.
constexpr auto time_to_settle = std::chrono::seconds(1);

base::Result<void> require_simulator(store::Tx& tx, base::BusinessId const& business) {
    auto channel = store::find_channel(tx, business);
    if (channel && channel->kind == simulator_channel) return {};
    return base::fail(base::Fault::conflict, "no_simulator", "this business has no simulator");
}

} // namespace

base::Result<base::MessageId> Simulator::customer_writes(base::BusinessId const& business,
                                                         CustomerMessage const& message) {
    TRY(auto stored, receive({inbound(business, message)}));
    return stored.front();
}

base::Result<std::vector<base::MessageId>> Simulator::customer_writes(base::BusinessId const& business,
                                                                      std::vector<CustomerMessage> const& messages) {
    auto all = std::vector<conversation::Inbound>();
    for (auto const& message : messages)
        all.push_back(inbound(business, message));
    return receive(all);
}

base::Result<base::MessageId> Simulator::owner_writes(base::BusinessId const& business, base::Phone const& to,
                                                      std::string const& text) {
    TRY(auto stored, receive({{.business = business,
                               .channel = simulator_channel,
                               .address = {phone_kind, to.e164()},
                               .external_id = base::make_uuid(doors_.system_clock.now(), doors_.random),
                               .from_owner = true,
                               .name = {},
                               .kind = "text",
                               .text = text,
                               .sent_at = doors_.business_clock.now()}}));
    return stored.front();
}

conversation::Inbound Simulator::inbound(base::BusinessId const& business, CustomerMessage const& message) {
    return {.business = business,
            .channel = simulator_channel,
            .address = {phone_kind, message.from.e164()},
            .external_id = message.id.value_or(base::make_uuid(doors_.system_clock.now(), doors_.random)),
            .from_owner = false,
            .name = message.name,
            .kind = message.kind,
            .text = message.text,
            .sent_at = message.sent_at.value_or(doors_.business_clock.now())};
}

base::Result<std::vector<base::MessageId>> Simulator::receive(std::vector<conversation::Inbound> const& all) {
    auto received = doors_.database.write([&](store::Tx& tx) -> base::Result<std::vector<base::MessageId>> {
        auto ids = std::vector<base::MessageId>();
        for (auto const& inbound : all) {
            TRY_VOID(require_simulator(tx, inbound.business));
            auto now = outbox::Now{doors_.business_clock.now(), doors_.system_clock.now()};
            auto stored = conversation::receive(tx, inbound, doors_.breath, now, doors_.random);
            ids.push_back(stored.message);
            auto chat = store::find_conversation(tx, inbound.business, stored.conversation);
            if (chat && chat->wake_at) {
                tx.after_commit([this, business = inbound.business, id = stored.conversation, due = *chat->wake_at] {
                    base::crash_point("inbox.committed");
                    lanes_->wake(business, id, due);
                });
            }
        }
        base::crash_point("inbox.stored");
        return ids;
    });
    base::crash_point("inbox.answering");
    return received;
}

base::Result<PhoneScreen> Simulator::screen(base::BusinessId const& business, base::Phone const& customer,
                                            std::optional<base::MessageId> const& after, base::Milliseconds patience) {
    auto deadline = std::chrono::steady_clock::now() + patience;
    auto was_busy = false;
    auto was_shown = false;
    while (true) {
        auto seen = [&] {
            auto lock = std::lock_guard(mutex_);
            return generations_[business];
        }();
        TRY(auto shown, look(business, customer, after));
        auto const now = std::chrono::steady_clock::now();
        if (!shown.items.empty() && !was_shown) deadline = std::min(deadline, now + time_to_settle);
        was_shown = !shown.items.empty();
        auto finished = shown.idle && (was_busy || was_shown);
        was_busy = !shown.idle;
        auto lock = std::unique_lock(mutex_);
        if (finished || stopping_ || now >= deadline) return shown;
        news_.wait_until(lock, deadline, [&] { return stopping_ || generations_[business] != seen; });
    }
}

base::Result<PhoneScreen> Simulator::look(base::BusinessId const& business, base::Phone const& customer,
                                          std::optional<base::MessageId> const& after) {
    return doors_.database.read([&](store::Tx& tx) -> base::Result<PhoneScreen> {
        TRY_VOID(require_simulator(tx, business));
        auto chat = store::find_conversation_by_address(tx, business, simulator_channel, phone_kind, customer.e164());
        auto busy =
            chat && (store::has_waiting(tx, business, chat->id) || store::has_pending_outbox(tx, business, chat->id));
        return PhoneScreen{store::simulator_messages(tx, business, customer.e164(), after, page), !busy};
    });
}

/// The phones' side of the wire: a message with an id that has been shown is not shown again.
std::vector<outbox::Delivery> Simulator::send(std::vector<outbox::Outbound> const& messages) {
    auto stored = doors_.database.write([&](store::Tx& tx) -> base::Result<void> {
        for (auto const& message : messages) {
            // Her chat may have been erased since the message was taken out.
            if (!store::hold_outbox(tx, message.business, message.id)) continue;
            store::insert_simulator_message(tx, message.business,
                                            {.address = message.address_value,
                                             .message = message.id,
                                             .text = message.text,
                                             .reason = message.reason,
                                             .received_at = doors_.business_clock.now()});
        }
        return {};
    });
    return {messages.size(), stored ? outbox::Delivery::sent : outbox::Delivery::later};
}

void Simulator::changed(base::BusinessId const& business) {
    {
        auto lock = std::lock_guard(mutex_);
        ++generations_[business];
    }
    news_.notify_all();
}

void Simulator::stop() {
    {
        auto lock = std::lock_guard(mutex_);
        stopping_ = true;
    }
    news_.notify_all();
}

} // namespace whatsapp
