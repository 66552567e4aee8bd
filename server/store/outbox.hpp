// The ledger of everything sent: what we owe, what was tried, what arrived.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct OutboxRow {
    base::BusinessId business = {};
    base::MessageId message = {};
    base::ConversationId conversation = {};
    std::int64_t seq = 0;
    std::string channel = {};
    std::string address_kind = {};
    std::string address_value = {};
    std::string text = {};
    std::string reason = {};
    bool proactive = false;
    bool keep = false;
    bool unasked = false; ///< she did not write first: not for who opted out
    std::string state = "queued";
    std::int64_t attempts = 0;
    base::Instant not_before_at = {}; ///< system time
    std::optional<base::Instant> expires_at = {};
    base::Instant queued_at = {};
    std::string dedupe_key = {};
};

/// False when the dedupe key is known already: nothing was queued.
bool insert_outbox(Tx& tx, OutboxRow const& row);
bool has_outbox_key(Tx& tx, base::BusinessId const& business, std::string_view dedupe_key);
/// Rows to try at `now`, in the order of their conversations; a row whose predecessor in the chat still waits for its
/// retry is left out. PostgreSQL: locked, rows that another node holds are skipped.
std::vector<OutboxRow> due_outbox(Tx& tx, base::Instant now, std::int64_t limit);
std::optional<base::Instant> next_outbox_due(Tx& tx);
/// A try begins: sending, attempts + 1, and not before `retry_at` again should this process die.
void mark_sending(Tx& tx, base::BusinessId const& business, base::MessageId const& message, base::Instant retry_at);
/// In the transaction that hands a message over: keeps its row from being erased meanwhile; false when it is gone.
bool hold_outbox(Tx& tx, base::BusinessId const& business, base::MessageId const& message);
void mark_queued(Tx& tx, base::BusinessId const& business, base::MessageId const& message, base::Instant not_before,
                 std::string_view why);
/// Moves the row on to sent, delivered, read, failed or suppressed; never backwards from a later state.
void mark_outbox(Tx& tx, base::BusinessId const& business, base::MessageId const& message, std::string_view state,
                 std::string_view why, base::Instant at);
/// Queued replies of a chat that do not report a write: they become suppressed. Answers their messages.
std::vector<base::MessageId> suppress_queued(Tx& tx, base::BusinessId const& business,
                                             base::ConversationId const& conversation, std::string_view why);
/// After a start of the only process: what was being sent may be tried at once.
void release_sending(Tx& tx, base::Instant now);
/// After a clock was set back to `now`: nothing waits for the old time. What was in hand is sent again, under its id.
void send_those_ahead_of(Tx& tx, base::Instant now);
bool has_pending_outbox(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation);
std::int64_t count_proactive_since(Tx& tx, base::BusinessId const& business, base::Instant since);

/// The channel of a business.
struct ChannelRow {
    std::string kind = {}; ///< simulator, linked_device
    std::string state = {};
    std::optional<std::int64_t> daily_limit = {};
};
std::optional<ChannelRow> find_channel(Tx& tx, base::BusinessId const& business);
void insert_channel(Tx& tx, base::BusinessId const& business, ChannelRow const& row, base::Instant now);

/// What the phone behind a simulator has received.
struct SimulatorMessageRow {
    std::string address = {};
    std::int64_t seq = 0;
    base::MessageId message = {};
    std::string text = {};
    std::string reason = {};
    base::Instant received_at = {};
};
/// A phone shows a message with the same id once: a repeated one is dropped (false).
bool insert_simulator_message(Tx& tx, base::BusinessId const& business, SimulatorMessageRow const& row);
/// Those after `after` (all when absent or unknown), in the order of arrival.
std::vector<SimulatorMessageRow> simulator_messages(Tx& tx, base::BusinessId const& business, std::string_view address,
                                                    std::optional<base::MessageId> const& after, std::int64_t limit);

} // namespace store
