#include "outbox/outbox.hpp"

#include "base/log.hpp"
#include "store/outbox.hpp"

namespace outbox {

std::string_view to_text(Reason reason) {
    switch (reason) {
    case Reason::reply: return "reply";
    case Reason::confirmation: return "confirmation";
    case Reason::notice: return "notice";
    case Reason::owner: return "owner";
    case Reason::reminder: return "reminder";
    }
    return "reply";
}

std::optional<base::MessageId> queue(store::Tx& tx, base::BusinessId const& business,
                                     store::ConversationRow const& conversation, Outgoing const& outgoing, Now now,
                                     base::Random& random) {
    if (store::has_outbox_key(tx, business, outgoing.dedupe_key)) return std::nullopt;
    auto message = store::MessageRow{.id = base::MessageId::make(now.system, random),
                                     .conversation = conversation.id,
                                     .direction = "out",
                                     .author = outgoing.author,
                                     .kind = "text",
                                     .text = outgoing.text,
                                     .status = "queued",
                                     .reason = std::string(to_text(outgoing.reason)),
                                     .turn = outgoing.turn,
                                     .booking = outgoing.booking,
                                     .sent_at = now.business,
                                     .created_at = now.business};
    auto seq = store::append_message(tx, business, message);
    store::insert_outbox(tx, {.business = business,
                              .message = message.id,
                              .conversation = conversation.id,
                              .seq = seq,
                              .channel = conversation.channel,
                              .address_kind = conversation.address_kind,
                              .address_value = conversation.address_value,
                              .text = outgoing.text,
                              .reason = message.reason,
                              .proactive = is_proactive(outgoing.reason),
                              .keep = outgoing.reason == Reason::confirmation,
                              .unasked = outgoing.unasked || outgoing.reason == Reason::reminder,
                              .not_before_at = now.system,
                              .expires_at = outgoing.expires_at,
                              .queued_at = now.business,
                              .dedupe_key = outgoing.dedupe_key});
    tx.note({business, "message.created", message.id.text()});
    tx.tally({store::Tally::What::outbox, "queued", message.reason});
    tx.after_commit(
        [business, conversation = conversation.id, id = message.id, turn = message.turn, reason = message.reason] {
            base::log::info("outbox.queued", {{"business", business.text()},
                                              {"conversation", conversation.text()},
                                              {"turn", turn ? turn->text() : std::string()},
                                              {"message", id.text()},
                                              {"reason", reason}});
        });
    return message.id;
}

void tell(store::Tx& tx, base::BusinessId const& business, base::MessageId const& message, std::string_view state,
          std::string_view why) {
    tx.tally({store::Tally::What::outbox, std::string(state), std::string(why)});
    tx.after_commit([business, message, state = std::string(state), why = std::string(why)] {
        base::log::info(
            "outbox.moved",
            {{"business", business.text()}, {"message", message.text()}, {"state", state}, {"reason", why}});
    });
}

void drop_replies(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation,
                  std::string_view why) {
    for (auto const& message : store::suppress_queued(tx, business, conversation, why)) {
        tx.note({business, "message.updated", message.text()});
        tell(tx, business, message, "suppressed", why);
    }
}

} // namespace outbox
