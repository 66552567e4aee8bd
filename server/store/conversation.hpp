// Rows of chats: conversations, their messages, the inbox and the turns with their journal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct ConversationRow {
    base::ConversationId id = {};
    std::int64_t version = 1;
    base::CustomerId customer = {};
    std::string channel = {};
    std::string address_kind = {};
    std::string address_value = {};
    std::string answering = "assistant";
    std::optional<base::Instant> answering_since_at = {};
    std::optional<base::Instant> answering_until_at = {};
    bool known = false;
    std::optional<base::Instant> disclosed_at = {};
    std::string dialogue = "{}";
    std::optional<base::Instant> wake_at = {};
    std::int64_t unread = 0;
    std::optional<base::Instant> last_message_at = {};
    base::Instant created_at = {};
};

/// Inserts unless the address already has a conversation; answers the one that is there, with its lock.
ConversationRow find_or_add_conversation(Tx& tx, base::BusinessId const& business, ConversationRow const& row);
std::optional<ConversationRow> find_conversation(Tx& tx, base::BusinessId const& business,
                                                 base::ConversationId const& id);
/// With the row's lock until the end of the transaction.
std::optional<ConversationRow> lock_conversation(Tx& tx, base::BusinessId const& business,
                                                 base::ConversationId const& id);
std::optional<ConversationRow> find_conversation_by_address(Tx& tx, base::BusinessId const& business,
                                                            std::string_view channel, std::string_view kind,
                                                            std::string_view value);
/// Of her chats (one for each channel and address) the one with the newest message.
std::optional<base::ConversationId> find_conversation_of_customer(Tx& tx, base::BusinessId const& business,
                                                                  base::CustomerId const& customer);
/// Writes all that changes in a conversation and raises the version in the row given and in the table.
void update_conversation(Tx& tx, base::BusinessId const& business, ConversationRow& row);

/// A conversation in a list, with its customer and last message.
struct ConversationSummary {
    ConversationRow row;
    std::optional<std::string> customer_name = {};
    std::optional<std::string> customer_phone = {};
    std::string last_text = {};
    std::string last_author = {};
};
/// Newest first; `before` is the last row of the page before.
std::vector<ConversationSummary>
list_conversations(Tx& tx, base::BusinessId const& business,
                   std::optional<std::pair<base::Instant, base::ConversationId>> const& before, std::int64_t limit);
std::optional<ConversationSummary> find_conversation_summary(Tx& tx, base::BusinessId const& business,
                                                             base::ConversationId const& id);

/// A lane that has something to do at `wake_at`.
struct WakeRow {
    base::BusinessId business = {};
    base::ConversationId conversation = {};
    base::Instant wake_at = {};
};
std::vector<WakeRow> conversations_to_wake(Tx& tx);
std::vector<WakeRow> conversations_to_wake(Tx& tx, base::BusinessId const& business);

/// After a clock was set back to `now`: no chat waits for a time that was reckoned by the old one. All are looked at
/// again, and the owner has none for longer than until `owner_until`. A pause that she set stays as she said.
void wake_those_ahead_of(Tx& tx, base::Instant now, base::Instant owner_until);

struct MessageRow {
    base::MessageId id = {};
    base::ConversationId conversation = {};
    std::int64_t seq = 0;
    std::string direction = {}; ///< in, out
    std::string author = {};    ///< customer, assistant, owner_phone, owner_panel, system
    std::string kind = {};
    std::string text = {};
    std::string status = {};
    std::string reason = {};
    std::optional<base::TurnId> turn = {};
    std::optional<base::BookingId> booking = {};
    base::Instant sent_at = {};
    base::Instant created_at = {};
};
/// Gives the message the next number of its conversation (which must be locked) and answers it.
std::int64_t append_message(Tx& tx, base::BusinessId const& business, MessageRow const& row);
/// Oldest first, at most `limit` with a seq below `before_seq`: the newest page, then the ones before it.
std::vector<MessageRow> list_messages(Tx& tx, base::BusinessId const& business,
                                      base::ConversationId const& conversation, std::int64_t before_seq,
                                      std::int64_t limit);
std::optional<MessageRow> find_message(Tx& tx, base::BusinessId const& business, base::MessageId const& id);
void set_message_status(Tx& tx, base::BusinessId const& business, base::MessageId const& id, std::string_view status);

/// What makes an incoming message the same message.
struct InboxKey {
    std::string channel = {};
    std::string address_kind = {};
    std::string address_value = {};
    bool from_owner = false;
    std::string external_id = {};
};
/// The message this one was stored as, if it came before.
std::optional<base::MessageId> find_received(Tx& tx, base::BusinessId const& business, InboxKey const& key);
void insert_inbox(Tx& tx, base::BusinessId const& business, InboxKey const& key, MessageRow const& message,
                  std::int64_t seq, base::Instant received_at);
/// Messages of a conversation that no turn has answered yet, in order.
std::vector<MessageRow> waiting_messages(Tx& tx, base::BusinessId const& business,
                                         base::ConversationId const& conversation);
/// Ends the waiting of all messages up to and including `seq`.
void settle_inbox(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation, std::int64_t seq,
                  std::optional<base::TurnId> const& turn, std::string_view outcome, std::string_view reason);
bool has_waiting(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation);
/// The booking that the last words sent in this chat asked about, if they were a reminder.
std::optional<base::BookingId> find_unanswered_reminder(Tx& tx, base::BusinessId const& business,
                                                        base::ConversationId const& conversation);
std::int64_t count_received_since(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation,
                                  base::Instant since);

void insert_turn(Tx& tx, base::BusinessId const& business, base::TurnId const& turn,
                 base::ConversationId const& conversation, base::Instant opened_at);
void close_turn(Tx& tx, base::BusinessId const& business, base::TurnId const& turn, base::Instant closed_at,
                std::string_view outcome, std::string_view reason);
/// Turns opened since, and how many of them looked something up or wrote it.
struct TurnCount {
    std::int64_t turns = 0;
    std::int64_t with_tools = 0;
};
TurnCount count_turns_since(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation,
                            base::Instant since);

struct TurnEntryRow {
    base::TurnId turn = {};
    std::int64_t seq = 0;
    std::string tool = {};
    std::string arguments = {}; ///< JSON
    std::string answer = {};    ///< JSON
    std::optional<base::BookingId> booking = {};
    base::Instant at = {};
};
void append_turn_entry(Tx& tx, base::BusinessId const& business, TurnEntryRow const& row);
/// The entries of the turns that answered these messages' conversation, for the chips of a thread: turns with a message
/// numbered between the two, inclusive.
std::vector<TurnEntryRow> turn_entries(Tx& tx, base::BusinessId const& business,
                                       base::ConversationId const& conversation, std::int64_t from_seq,
                                       std::int64_t to_seq);

} // namespace store
