#include "store/conversation.hpp"

#include <stdexcept>

namespace store {
namespace {

constexpr auto conversation_columns =
    "c.id, c.version, c.customer_id, c.channel, c.address_kind, c.address_value, c.answering, c.answering_since_at, "
    "c.answering_until_at, c.known, c.disclosed_at, c.dialogue, c.wake_at, c.unread, c.last_message_at, c.created_at";

ConversationRow conversation(Row const& row) {
    return {.id = row.id<base::ConversationId>(0),
            .version = row.integer(1),
            .customer = row.id<base::CustomerId>(2),
            .channel = row.string(3),
            .address_kind = row.string(4),
            .address_value = row.string(5),
            .answering = row.string(6),
            .answering_since_at = row.optional_instant(7),
            .answering_until_at = row.optional_instant(8),
            .known = row.flag(9),
            .disclosed_at = row.optional_instant(10),
            .dialogue = row.string(11),
            .wake_at = row.optional_instant(12),
            .unread = row.integer(13),
            .last_message_at = row.optional_instant(14),
            .created_at = row.instant(15)};
}

ConversationSummary summary(Row const& row) {
    return {.row = conversation(row),
            .customer_name = row.optional_string(16),
            .customer_phone = row.optional_string(17),
            .last_text = row.optional_string(18).value_or(""),
            .last_author = row.optional_string(19).value_or("")};
}

std::string select_conversation(std::string_view tail) {
    return std::string("SELECT ") + conversation_columns + " FROM conversation c " + std::string(tail);
}

std::string select_summary(std::string_view tail) {
    return std::string("SELECT ") + conversation_columns +
           ", u.name, u.phone, m.text, m.author FROM conversation c "
           "JOIN customer u ON u.business_id = c.business_id AND u.id = c.customer_id "
           "LEFT JOIN message m ON m.business_id = c.business_id AND m.conversation_id = c.id AND m.seq = "
           "c.message_seq " +
           std::string(tail);
}

std::string_view row_lock(Tx const& tx) { return tx.engine() == Engine::postgres ? " FOR UPDATE OF c" : ""; }

constexpr auto message_columns =
    "id, conversation_id, seq, direction, author, kind, text, status, reason, turn_id, booking_id, sent_at, created_at";

MessageRow message(Row const& row) {
    return {.id = row.id<base::MessageId>(0),
            .conversation = row.id<base::ConversationId>(1),
            .seq = row.integer(2),
            .direction = row.string(3),
            .author = row.string(4),
            .kind = row.string(5),
            .text = row.string(6),
            .status = row.string(7),
            .reason = row.string(8),
            .turn = row.optional_id<base::TurnId>(9),
            .booking = row.optional_id<base::BookingId>(10),
            .sent_at = row.instant(11),
            .created_at = row.instant(12)};
}

std::string select_messages(std::string_view tail) {
    return std::string("SELECT ") + message_columns + " FROM message " + std::string(tail);
}

WakeRow wake(Row const& row) { return {row.id<base::BusinessId>(0), row.id<base::ConversationId>(1), row.instant(2)}; }

} // namespace

ConversationRow find_or_add_conversation(Tx& tx, base::BusinessId const& business, ConversationRow const& row) {
    tx.run(
        "INSERT INTO conversation (business_id, id, customer_id, channel, address_kind, address_value, known, "
        "created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
        "ON CONFLICT (business_id, channel, address_kind, address_value) DO NOTHING",
        {business, row.id, row.customer, row.channel, row.address_kind, row.address_value, row.known, row.created_at});
    static auto const sql = select_conversation(
        "WHERE c.business_id = ?1 AND c.channel = ?2 AND c.address_kind = ?3 AND c.address_value = ?4");
    auto found = tx.one(sql + std::string(row_lock(tx)), {business, row.channel, row.address_kind, row.address_value},
                        conversation);
    if (!found) throw std::logic_error("a conversation just inserted is not there");
    return *std::move(found);
}

std::optional<ConversationRow> find_conversation(Tx& tx, base::BusinessId const& business,
                                                 base::ConversationId const& id) {
    static auto const sql = select_conversation("WHERE c.business_id = ?1 AND c.id = ?2");
    return tx.one(sql, {business, id}, conversation);
}

std::optional<ConversationRow> lock_conversation(Tx& tx, base::BusinessId const& business,
                                                 base::ConversationId const& id) {
    static auto const sql = select_conversation("WHERE c.business_id = ?1 AND c.id = ?2");
    return tx.one(sql + std::string(row_lock(tx)), {business, id}, conversation);
}

std::optional<ConversationRow> find_conversation_by_address(Tx& tx, base::BusinessId const& business,
                                                            std::string_view channel, std::string_view kind,
                                                            std::string_view value) {
    static auto const sql = select_conversation(
        "WHERE c.business_id = ?1 AND c.channel = ?2 AND c.address_kind = ?3 AND c.address_value = ?4");
    return tx.one(sql, {business, channel, kind, value}, conversation);
}

std::optional<base::ConversationId> find_conversation_of_customer(Tx& tx, base::BusinessId const& business,
                                                                  base::CustomerId const& customer) {
    return tx.one("SELECT id FROM conversation WHERE business_id = ?1 AND customer_id = ?2 "
                  "ORDER BY COALESCE(last_message_at, 0) DESC, id DESC LIMIT 1",
                  {business, customer}, [](Row const& row) { return row.id<base::ConversationId>(0); });
}

void update_conversation(Tx& tx, base::BusinessId const& business, ConversationRow& row) {
    tx.run(
        "UPDATE conversation SET version = version + 1, customer_id = ?3, answering = ?4, answering_since_at = ?5, "
        "answering_until_at = ?6, disclosed_at = ?7, dialogue = ?8, wake_at = ?9, unread = ?10, last_message_at = ?11 "
        "WHERE business_id = ?1 AND id = ?2",
        {business, row.id, row.customer, row.answering, row.answering_since_at, row.answering_until_at,
         row.disclosed_at, row.dialogue, row.wake_at, row.unread, row.last_message_at});
    ++row.version;
}

std::vector<ConversationSummary>
list_conversations(Tx& tx, base::BusinessId const& business,
                   std::optional<std::pair<base::Instant, base::ConversationId>> const& before, std::int64_t limit) {
    static auto const first_page = select_summary("WHERE c.business_id = ?1 AND c.last_message_at IS NOT NULL "
                                                  "ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?2");
    static auto const later_page =
        select_summary("WHERE c.business_id = ?1 AND c.last_message_at <= ?3 "
                       "AND (c.last_message_at < ?3 OR c.id < ?4) ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?2");
    if (!before) return tx.all(first_page, {business, limit}, summary);
    return tx.all(later_page, {business, limit, before->first, before->second}, summary);
}

std::optional<ConversationSummary> find_conversation_summary(Tx& tx, base::BusinessId const& business,
                                                             base::ConversationId const& id) {
    static auto const sql = select_summary("WHERE c.business_id = ?1 AND c.id = ?2");
    return tx.one(sql, {business, id}, summary);
}

std::vector<WakeRow> conversations_to_wake(Tx& tx) {
    return tx.all("SELECT business_id, id, wake_at FROM conversation WHERE wake_at IS NOT NULL ORDER BY wake_at", {},
                  wake);
}

std::vector<WakeRow> conversations_to_wake(Tx& tx, base::BusinessId const& business) {
    return tx.all("SELECT business_id, id, wake_at FROM conversation WHERE business_id = ?1 AND wake_at IS NOT NULL "
                  "ORDER BY wake_at",
                  {business}, wake);
}

void wake_those_ahead_of(Tx& tx, base::Instant now, base::Instant owner_until) {
    tx.run("UPDATE conversation SET wake_at = ?1 WHERE wake_at > ?1", {now});
    tx.run("UPDATE conversation SET answering_since_at = ?1 WHERE answering_since_at > ?1", {now});
    tx.run("UPDATE conversation SET answering_until_at = ?1 WHERE answering = 'owner' AND answering_until_at > ?1",
           {owner_until});
}

std::int64_t append_message(Tx& tx, base::BusinessId const& business, MessageRow const& row) {
    auto seq = tx.one("UPDATE conversation SET message_seq = message_seq + 1 WHERE business_id = ?1 AND id = ?2 "
                      "RETURNING message_seq",
                      {business, row.conversation}, [](Row const& r) { return r.integer(0); });
    if (!seq) throw std::logic_error("a message for a conversation that is not there");
    tx.run("INSERT INTO message (business_id, id, conversation_id, seq, direction, author, kind, text, status, reason, "
           "turn_id, "
           "booking_id, sent_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
           {business, row.id, row.conversation, *seq, row.direction, row.author, row.kind, row.text, row.status,
            row.reason, row.turn, row.booking, row.sent_at, row.created_at});
    return *seq;
}

std::vector<MessageRow> list_messages(Tx& tx, base::BusinessId const& business,
                                      base::ConversationId const& conversation, std::int64_t before_seq,
                                      std::int64_t limit) {
    static auto const sql = std::string("SELECT ") + message_columns + " FROM (SELECT " + message_columns +
                            " FROM message WHERE business_id = ?1 AND conversation_id = ?2 AND seq < ?3 ORDER BY seq "
                            "DESC LIMIT ?4) page ORDER BY seq";
    return tx.all(sql, {business, conversation, before_seq, limit}, message);
}

std::optional<MessageRow> find_message(Tx& tx, base::BusinessId const& business, base::MessageId const& id) {
    static auto const sql = select_messages("WHERE business_id = ?1 AND id = ?2");
    return tx.one(sql, {business, id}, message);
}

void set_message_status(Tx& tx, base::BusinessId const& business, base::MessageId const& id, std::string_view status) {
    tx.run("UPDATE message SET status = ?3 WHERE business_id = ?1 AND id = ?2", {business, id, status});
}

std::optional<base::MessageId> find_received(Tx& tx, base::BusinessId const& business, InboxKey const& key) {
    return tx.one("SELECT message_id FROM inbox WHERE business_id = ?1 AND channel = ?2 AND address_kind = ?3 AND "
                  "address_value = ?4 "
                  "AND from_owner = ?5 AND external_id = ?6",
                  {business, key.channel, key.address_kind, key.address_value, key.from_owner, key.external_id},
                  [](Row const& row) { return row.id<base::MessageId>(0); });
}

void insert_inbox(Tx& tx, base::BusinessId const& business, InboxKey const& key, MessageRow const& row,
                  std::int64_t seq, base::Instant received_at) {
    tx.run("INSERT INTO inbox (business_id, channel, address_kind, address_value, from_owner, external_id, message_id, "
           "conversation_id, seq, received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
           {business, key.channel, key.address_kind, key.address_value, key.from_owner, key.external_id, row.id,
            row.conversation, seq, received_at});
}

std::vector<MessageRow> waiting_messages(Tx& tx, base::BusinessId const& business,
                                         base::ConversationId const& conversation) {
    return tx.all(
        "SELECT m.id, m.conversation_id, m.seq, m.direction, m.author, m.kind, m.text, m.status, m.reason, m.turn_id, "
        "m.booking_id, m.sent_at, m.created_at FROM inbox i "
        "JOIN message m ON m.business_id = i.business_id AND m.id = i.message_id "
        "WHERE i.business_id = ?1 AND i.conversation_id = ?2 AND i.outcome IS NULL ORDER BY i.seq",
        {business, conversation}, message);
}

void settle_inbox(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation, std::int64_t seq,
                  std::optional<base::TurnId> const& turn, std::string_view outcome, std::string_view reason) {
    tx.run("UPDATE inbox SET turn_id = ?4, outcome = ?5, reason = ?6 "
           "WHERE business_id = ?1 AND conversation_id = ?2 AND seq <= ?3 AND outcome IS NULL",
           {business, conversation, seq, turn, outcome, reason});
}

bool has_waiting(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation) {
    return tx
        .one("SELECT 1 FROM inbox WHERE business_id = ?1 AND conversation_id = ?2 AND outcome IS NULL LIMIT 1",
             {business, conversation}, [](Row const&) { return true; })
        .has_value();
}

std::int64_t count_received_since(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation,
                                  base::Instant since) {
    return tx
        .one("SELECT COUNT(*) FROM message WHERE business_id = ?1 AND conversation_id = ?2 AND direction = 'in' "
             "AND created_at > ?3",
             {business, conversation, since}, [](Row const& row) { return row.integer(0); })
        .value_or(0);
}

std::optional<base::BookingId> find_unanswered_reminder(Tx& tx, base::BusinessId const& business,
                                                        base::ConversationId const& conversation) {
    auto const last = tx.one(
        "SELECT reason, booking_id FROM message WHERE business_id = ?1 AND conversation_id = ?2 AND direction = 'out' "
        "AND status NOT IN ('failed', 'suppressed') ORDER BY seq DESC LIMIT 1",
        {business, conversation},
        [](Row const& row) { return std::pair(row.string(0), row.optional_id<base::BookingId>(1)); });
    return last && last->first == "reminder" ? last->second : std::nullopt;
}

void insert_turn(Tx& tx, base::BusinessId const& business, base::TurnId const& turn,
                 base::ConversationId const& conversation, base::Instant opened_at) {
    tx.run("INSERT INTO turn (business_id, id, conversation_id, opened_at) VALUES (?1, ?2, ?3, ?4)",
           {business, turn, conversation, opened_at});
}

void close_turn(Tx& tx, base::BusinessId const& business, base::TurnId const& turn, base::Instant closed_at,
                std::string_view outcome, std::string_view reason) {
    tx.run("UPDATE turn SET closed_at = ?3, outcome = ?4, reason = ?5 WHERE business_id = ?1 AND id = ?2",
           {business, turn, closed_at, outcome, reason});
}

TurnCount count_turns_since(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation,
                            base::Instant since) {
    return tx
        .one("SELECT COUNT(DISTINCT t.id), COUNT(DISTINCT e.turn_id) FROM turn t "
             "LEFT JOIN turn_entry e ON e.business_id = t.business_id AND e.turn_id = t.id "
             "WHERE t.business_id = ?1 AND t.conversation_id = ?2 AND t.opened_at > ?3",
             {business, conversation, since}, [](Row const& row) { return TurnCount{row.integer(0), row.integer(1)}; })
        .value_or(TurnCount{});
}

void append_turn_entry(Tx& tx, base::BusinessId const& business, TurnEntryRow const& row) {
    tx.run("INSERT INTO turn_entry (business_id, turn_id, seq, tool, arguments, answer, booking_id, at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
           {business, row.turn, row.seq, row.tool, row.arguments, row.answer, row.booking, row.at});
}

std::vector<TurnEntryRow> turn_entries(Tx& tx, base::BusinessId const& business,
                                       base::ConversationId const& conversation, std::int64_t from_seq,
                                       std::int64_t to_seq) {
    return tx.all(
        "SELECT e.turn_id, e.seq, e.tool, e.arguments, e.answer, e.booking_id, e.at FROM turn_entry e "
        "WHERE e.business_id = ?1 AND e.turn_id IN (SELECT m.turn_id FROM message m WHERE m.business_id = ?1 "
        "AND m.conversation_id = ?2 AND m.seq BETWEEN ?3 AND ?4 AND m.turn_id IS NOT NULL) ORDER BY e.turn_id, e.seq",
        {business, conversation, from_seq, to_seq}, [](Row const& row) {
            return TurnEntryRow{.turn = row.id<base::TurnId>(0),
                                .seq = row.integer(1),
                                .tool = row.string(2),
                                .arguments = row.string(3),
                                .answer = row.string(4),
                                .booking = row.optional_id<base::BookingId>(5),
                                .at = row.instant(6)};
        });
}

} // namespace store
