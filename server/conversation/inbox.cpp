#include "conversation/inbox.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/log.hpp"
#include "base/text.hpp"
#include "conversation/answering.hpp"
#include "store/conversation.hpp"

namespace conversation {
namespace {

constexpr auto fragment_length = std::size_t{20};

/// "hola", "quería" … something more is likely to come.
bool is_fragment(std::string_view text) {
    auto ended = !text.empty() && std::string_view(".!?)…0123456789").find(text.back()) != std::string_view::npos;
    return !ended && base::length_in_code_points(text) < fragment_length;
}

store::ConversationRow open_chat(store::Tx& tx, Inbound const& inbound, base::CustomerId const& customer,
                                 outbox::Now now, base::Random& random) {
    return store::find_or_add_conversation(tx, inbound.business,
                                           {.id = base::ConversationId::make(now.system, random),
                                            .customer = customer,
                                            .channel = inbound.channel,
                                            .address_kind = inbound.address.kind,
                                            .address_value = inbound.address.value,
                                            .created_at = now.business});
}

store::MessageRow message_of(Inbound const& inbound, base::ConversationId const& conversation, outbox::Now now,
                             base::Random& random) {
    return {.id = base::MessageId::make(now.system, random),
            .conversation = conversation,
            .direction = inbound.from_owner ? "out" : "in",
            .author = inbound.from_owner ? "owner_phone" : "customer",
            .kind = inbound.kind,
            .text = inbound.text,
            .status = inbound.from_owner ? "sent" : "received",
            .reason = inbound.from_owner ? "owner" : "",
            .sent_at = inbound.sent_at,
            .created_at = now.business};
}

/// When the chat will have been quiet long enough.
base::Instant wake_time(store::Tx& tx, Inbound const& inbound, base::ConversationId const& conversation,
                        Breath const& breath, base::Instant now) {
    auto quiet = now + (is_fragment(inbound.text) ? breath.after_fragment : breath.quiet);
    auto waiting = store::waiting_messages(tx, inbound.business, conversation);
    return waiting.empty() ? quiet : std::min(quiet, waiting.front().created_at + breath.longest);
}

} // namespace

Breath breath_of(base::Milliseconds quiet) {
    auto usual = Breath();
    return {quiet, quiet * (usual.after_fragment / usual.quiet), quiet * usual.longest.count() / usual.quiet.count()};
}

Received receive(store::Tx& tx, Inbound const& inbound, Breath const& breath, outbox::Now now, base::Random& random) {
    auto customer = customers::recognise(tx, inbound.business, inbound.address, inbound.name, now.business, random);
    auto chat = open_chat(tx, inbound, customer.id, now, random);
    auto key = store::InboxKey{inbound.channel, inbound.address.kind, inbound.address.value, inbound.from_owner,
                               inbound.external_id};
    // Asked with the conversation locked, so that two deliveries of one message cannot both be the first.
    if (auto before = store::find_received(tx, inbound.business, key)) return {*before, chat.id, true};

    auto message = message_of(inbound, chat.id, now, random);
    auto seq = store::append_message(tx, inbound.business, message);
    store::insert_inbox(tx, inbound.business, key, message, seq, now.business);
    chat.last_message_at = now.business;
    if (inbound.from_owner) {
        owner_wrote(tx, inbound.business, chat, now.business);
    } else {
        chat.unread += 1;
        chat.wake_at = wake_time(tx, inbound, chat.id, breath, now.business);
    }
    store::update_conversation(tx, inbound.business, chat);
    tx.note({inbound.business, "message.created", message.id.text()});
    tx.note({inbound.business, "conversation.updated", chat.id.text()});
    tx.after_commit([business = inbound.business, conversation = chat.id, id = message.id, kind = inbound.kind,
                     from_owner = inbound.from_owner] {
        base::log::info("inbox.received", {{"business", business.text()},
                                           {"conversation", conversation.text()},
                                           {"message", id.text()},
                                           {"kind", kind},
                                           {"author", from_owner ? "owner" : "customer"}});
    });
    return {message.id, chat.id, false};
}

} // namespace conversation
