#include "conversation/answering.hpp"

#include <limits>

#include "store/outbox.hpp"

namespace conversation {
namespace {

constexpr auto everything = std::numeric_limits<std::int64_t>::max();

void set_answering(store::ConversationRow& chat, std::string_view who, std::optional<base::Instant> until,
                   base::Instant now) {
    chat.answering = std::string(who);
    chat.answering_since_at = now;
    chat.answering_until_at = until;
}

/// Messages that wait are settled: they are the owner's to answer.
void leave_to_owner(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& chat,
                    std::string_view why) {
    store::settle_inbox(tx, business, chat, everything, std::nullopt, "silent", why);
    outbox::drop_replies(tx, business, chat, why);
}

base::Result<store::ConversationRow> locked(store::Tx& tx, base::BusinessId const& business,
                                            base::ConversationId const& id, std::optional<std::int64_t> version) {
    auto chat = store::lock_conversation(tx, business, id);
    if (!chat) return base::fail(base::Fault::not_found, "not_found", "no such conversation");
    if (version && *version != chat->version) {
        return base::fail(base::Fault::conflict, "version_conflict", "the conversation has changed since it was read");
    }
    return *std::move(chat);
}

store::ConversationRow saved(store::Tx& tx, base::BusinessId const& business, store::ConversationRow chat) {
    store::update_conversation(tx, business, chat);
    tx.note({business, "conversation.updated", chat.id.text()});
    return chat;
}

} // namespace

void owner_wrote(store::Tx& tx, base::BusinessId const& business, store::ConversationRow& chat, base::Instant now) {
    leave_to_owner(tx, business, chat.id, "owner");
    chat.unread = 0;
    if (chat.answering == "never" || chat.answering == "paused") return;
    set_answering(chat, "owner", now + owner_silence, now);
    chat.wake_at = chat.answering_until_at;
}

base::Result<store::ConversationRow> pause(store::Tx& tx, base::BusinessId const& business,
                                           base::ConversationId const& id, std::optional<base::Instant> until,
                                           std::optional<std::int64_t> version, base::Instant now) {
    if (until && *until <= now) return base::fail_field("until", "past", "must lie in the future");
    TRY(auto chat, locked(tx, business, id, version));
    leave_to_owner(tx, business, id, "paused");
    set_answering(chat, "paused", until, now);
    chat.wake_at = until;
    return saved(tx, business, std::move(chat));
}

base::Result<store::ConversationRow> resume(store::Tx& tx, base::BusinessId const& business,
                                            base::ConversationId const& id, std::optional<std::int64_t> version,
                                            base::Instant now) {
    TRY(auto chat, locked(tx, business, id, version));
    if (chat.answering == "assistant") return chat;
    set_answering(chat, "assistant", std::nullopt, now);
    if (!store::has_waiting(tx, business, id)) chat.wake_at = std::nullopt;
    return saved(tx, business, std::move(chat));
}

base::Result<store::ConversationRow> never(store::Tx& tx, base::BusinessId const& business,
                                           base::ConversationId const& id, std::optional<std::int64_t> version,
                                           base::Instant now) {
    TRY(auto chat, locked(tx, business, id, version));
    if (chat.answering == "never") return chat;
    leave_to_owner(tx, business, id, "never");
    set_answering(chat, "never", std::nullopt, now);
    chat.wake_at = std::nullopt;
    return saved(tx, business, std::move(chat));
}

base::Result<base::MessageId> write_as_owner(store::Tx& tx, base::BusinessId const& business,
                                             base::ConversationId const& id, std::string const& text, outbox::Now now,
                                             base::Random& random) {
    TRY(auto chat, locked(tx, business, id, std::nullopt));
    // Queued words would leave whenever somebody connects a WhatsApp again, long after they were meant.
    if (!store::find_channel(tx, business)) {
        return base::fail(base::Fault::conflict, "no_channel", "No WhatsApp is connected: nothing can be sent.");
    }
    owner_wrote(tx, business, chat, now.business);
    chat.last_message_at = now.business;
    auto key = "owner/" + base::make_uuid(now.system, random);
    auto message = outbox::queue(tx, business, chat,
                                 {.author = "owner_panel",
                                  .text = text,
                                  .reason = outbox::Reason::owner,
                                  .turn = {},
                                  .booking = {},
                                  .dedupe_key = key,
                                  .expires_at = {}},
                                 now, random);
    saved(tx, business, std::move(chat));
    return *std::move(message);
}

base::Result<void> mark_seen(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& id) {
    TRY(auto chat, locked(tx, business, id, std::nullopt));
    if (chat.unread == 0) return {};
    chat.unread = 0;
    saved(tx, business, std::move(chat));
    return {};
}

} // namespace conversation
