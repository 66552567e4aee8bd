// What we owe the customer. Nothing is sent except from here: with a reason, under a budget, with an id that stays the
// same over retries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "store/conversation.hpp"
#include "store/database.hpp"

namespace outbox {

/// Why a message is sent. confirmation reports a write and is never dropped; notice is an answer that a person is asked
/// for; owner is the owner's own text from the panel. Answers are not proactive and need no budget.
enum class Reason { reply, confirmation, notice, owner, reminder };
std::string_view to_text(Reason);
/// Reminders are written to someone who did not just write: they count against the channel's daily limit.
constexpr bool is_proactive(Reason reason) { return reason == Reason::reminder; }

struct Outgoing {
    std::string author; ///< assistant, owner_panel, system
    std::string text;
    Reason reason = Reason::reply;
    std::optional<base::TurnId> turn;
    std::optional<base::BookingId> booking;
    std::string dedupe_key; ///< the same key is queued once: "turn/<id>/0"
    std::optional<base::Instant> expires_at;
    /// She did not write first: reminders, and what the owner did with her booking. Not sent to a customer who opted
    /// out; answers always are, and so is what the owner herself writes.
    bool unasked = false;
};

/// Instants of the two clocks: `business` stamps what people read, `system` decides about retries.
struct Now {
    base::Instant business;
    base::Instant system;
};

/// Appends the message to its conversation (which must be locked) and queues it. nullopt when the key was queued
/// before.
std::optional<base::MessageId> queue(store::Tx& tx, base::BusinessId const& business,
                                     store::ConversationRow const& conversation, Outgoing const& outgoing, Now now,
                                     base::Random& random);

/// A message of the ledger has moved on: counted and logged for the operator once that is committed.
void tell(store::Tx& tx, base::BusinessId const& business, base::MessageId const& message, std::string_view state,
          std::string_view why);

/// The owner has stepped in: the assistant's words that have not left yet are dropped, except what reports a write.
void drop_replies(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation,
                  std::string_view why);

} // namespace outbox
