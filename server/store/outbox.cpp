#include "store/outbox.hpp"

namespace store {
namespace {

constexpr auto outbox_columns =
    "o.business_id, o.message_id, o.conversation_id, o.seq, o.channel, o.address_kind, o.address_value, o.text, "
    "o.reason, "
    "o.proactive, o.keep, o.state, o.attempts, o.not_before_at, o.expires_at, o.queued_at, o.dedupe_key, o.unasked";

OutboxRow outbox_row(Row const& row) {
    return {.business = row.id<base::BusinessId>(0),
            .message = row.id<base::MessageId>(1),
            .conversation = row.id<base::ConversationId>(2),
            .seq = row.integer(3),
            .channel = row.string(4),
            .address_kind = row.string(5),
            .address_value = row.string(6),
            .text = row.string(7),
            .reason = row.string(8),
            .proactive = row.flag(9),
            .keep = row.flag(10),
            .unasked = row.flag(17),
            .state = row.string(11),
            .attempts = row.integer(12),
            .not_before_at = row.instant(13),
            .expires_at = row.optional_instant(14),
            .queued_at = row.instant(15),
            .dedupe_key = row.string(16)};
}

bool exists(Tx& tx, std::string_view sql, std::initializer_list<Parameter> parameters) {
    return tx.one(sql, parameters, [](Row const&) { return true; }).has_value();
}

} // namespace

bool insert_outbox(Tx& tx, OutboxRow const& row) {
    return tx.run("INSERT INTO outbox (business_id, message_id, conversation_id, seq, channel, address_kind, "
                  "address_value, "
                  "text, reason, proactive, keep, state, not_before_at, expires_at, queued_at, dedupe_key, unasked) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) "
                  "ON CONFLICT (business_id, dedupe_key) DO NOTHING",
                  {row.business, row.message, row.conversation, row.seq, row.channel, row.address_kind,
                   row.address_value, row.text, row.reason, row.proactive, row.keep, row.state, row.not_before_at,
                   row.expires_at, row.queued_at, row.dedupe_key, row.unasked}) == 1;
}

bool has_outbox_key(Tx& tx, base::BusinessId const& business, std::string_view dedupe_key) {
    return exists(tx, "SELECT 1 FROM outbox WHERE business_id = ?1 AND dedupe_key = ?2", {business, dedupe_key});
}

std::vector<OutboxRow> due_outbox(Tx& tx, base::Instant now, std::int64_t limit) {
    static auto const sql =
        std::string("SELECT ") + outbox_columns +
        " FROM outbox o WHERE o.state IN ('queued', 'sending') AND o.not_before_at <= ?1 AND NOT EXISTS ("
        "SELECT 1 FROM outbox e WHERE e.business_id = o.business_id AND e.conversation_id = o.conversation_id "
        "AND e.seq < o.seq AND e.state IN ('queued', 'sending') AND e.not_before_at > ?1) "
        "ORDER BY o.queued_at, o.conversation_id, o.seq LIMIT ?2";
    static auto const locking_sql = sql + " FOR UPDATE OF o SKIP LOCKED";
    return tx.all(tx.engine() == Engine::postgres ? locking_sql : sql, {now, limit}, outbox_row);
}

std::optional<base::Instant> next_outbox_due(Tx& tx) {
    auto due = tx.one("SELECT MIN(not_before_at) FROM outbox WHERE state IN ('queued', 'sending')", {},
                      [](Row const& row) { return row.optional_instant(0); });
    return due ? *due : std::nullopt;
}

void mark_sending(Tx& tx, base::BusinessId const& business, base::MessageId const& message, base::Instant retry_at) {
    tx.run("UPDATE outbox SET state = 'sending', attempts = attempts + 1, not_before_at = ?3 "
           "WHERE business_id = ?1 AND message_id = ?2",
           {business, message, retry_at});
}

bool hold_outbox(Tx& tx, base::BusinessId const& business, base::MessageId const& message) {
    constexpr auto sql = std::string_view("SELECT 1 FROM outbox WHERE business_id = ?1 AND message_id = ?2");
    static auto const holding = std::string(sql) + " FOR KEY SHARE";
    return exists(tx, tx.engine() == Engine::postgres ? std::string_view(holding) : sql, {business, message});
}

void mark_queued(Tx& tx, base::BusinessId const& business, base::MessageId const& message, base::Instant not_before,
                 std::string_view why) {
    tx.run("UPDATE outbox SET state = 'queued', not_before_at = ?3, why = ?4 "
           "WHERE business_id = ?1 AND message_id = ?2 AND state = 'sending'",
           {business, message, not_before, why});
}

void mark_outbox(Tx& tx, base::BusinessId const& business, base::MessageId const& message, std::string_view state,
                 std::string_view why, base::Instant at) {
    auto changed = tx.run(
        "UPDATE outbox SET state = ?3, why = CASE WHEN ?4 = '' THEN why ELSE ?4 END, "
        "sent_at = CASE WHEN ?3 IN ('sent', 'delivered', 'read') THEN COALESCE(sent_at, ?5) ELSE sent_at END, "
        "delivered_at = CASE WHEN ?3 IN ('delivered', 'read') THEN COALESCE(delivered_at, ?5) ELSE delivered_at END, "
        "read_at = CASE WHEN ?3 = 'read' THEN COALESCE(read_at, ?5) ELSE read_at END "
        "WHERE business_id = ?1 AND message_id = ?2 AND state NOT IN ('read', 'failed', 'suppressed') "
        "AND NOT (state = 'delivered' AND ?3 <> 'read') AND NOT (state = 'sent' AND ?3 NOT IN ('delivered', 'read', "
        "'failed'))",
        {business, message, state, why, at});
    if (changed == 0) return;
    tx.run("UPDATE message SET status = ?3 WHERE business_id = ?1 AND id = ?2", {business, message, state});
}

std::vector<base::MessageId> suppress_queued(Tx& tx, base::BusinessId const& business,
                                             base::ConversationId const& conversation, std::string_view why) {
    auto dropped =
        tx.all("UPDATE outbox SET state = 'suppressed', why = ?3 WHERE business_id = ?1 AND conversation_id = ?2 "
               "AND state = 'queued' AND keep = 0 AND reason <> 'owner' RETURNING message_id",
               {business, conversation, why}, [](Row const& row) { return row.id<base::MessageId>(0); });
    for (auto const& message : dropped) {
        tx.run("UPDATE message SET status = 'suppressed' WHERE business_id = ?1 AND id = ?2", {business, message});
    }
    return dropped;
}

void release_sending(Tx& tx, base::Instant now) {
    tx.run("UPDATE outbox SET not_before_at = ?1 WHERE state = 'sending' AND not_before_at > ?1", {now});
}

void send_those_ahead_of(Tx& tx, base::Instant now) {
    tx.run("UPDATE outbox SET not_before_at = ?1 WHERE state IN ('queued', 'sending') AND not_before_at > ?1", {now});
}

bool has_pending_outbox(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation) {
    return exists(
        tx,
        "SELECT 1 FROM outbox WHERE business_id = ?1 AND conversation_id = ?2 AND state IN ('queued', 'sending') "
        "LIMIT 1",
        {business, conversation});
}

std::int64_t count_proactive_since(Tx& tx, base::BusinessId const& business, base::Instant since) {
    return tx
        .one("SELECT COUNT(*) FROM outbox WHERE business_id = ?1 AND proactive = 1 AND sent_at > ?2", {business, since},
             [](Row const& row) { return row.integer(0); })
        .value_or(0);
}

std::optional<ChannelRow> find_channel(Tx& tx, base::BusinessId const& business) {
    return tx.one("SELECT kind, state, daily_limit FROM whatsapp_session WHERE business_id = ?1", {business},
                  [](Row const& row) { return ChannelRow{row.string(0), row.string(1), row.optional_integer(2)}; });
}

void insert_channel(Tx& tx, base::BusinessId const& business, ChannelRow const& row, base::Instant now) {
    tx.run(
        "INSERT INTO whatsapp_session (business_id, kind, state, daily_limit, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        {business, row.kind, row.state, row.daily_limit, now});
}

bool insert_simulator_message(Tx& tx, base::BusinessId const& business, SimulatorMessageRow const& row) {
    return tx.run(
               "INSERT INTO simulator_message (business_id, address_value, seq, message_id, text, reason, received_at) "
               "VALUES (?1, ?2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM simulator_message "
               "WHERE business_id = ?1 AND address_value = ?2), ?3, ?4, ?5, ?6) "
               "ON CONFLICT (business_id, message_id) DO NOTHING",
               {business, row.address, row.message, row.text, row.reason, row.received_at}) == 1;
}

std::vector<SimulatorMessageRow> simulator_messages(Tx& tx, base::BusinessId const& business, std::string_view address,
                                                    std::optional<base::MessageId> const& after, std::int64_t limit) {
    return tx.all("SELECT address_value, seq, message_id, text, reason, received_at FROM simulator_message "
                  "WHERE business_id = ?1 AND address_value = ?2 AND seq > COALESCE((SELECT seq FROM simulator_message "
                  "WHERE business_id = ?1 AND address_value = ?2 AND message_id = ?3), 0) ORDER BY seq LIMIT ?4",
                  {business, address, after, limit}, [](Row const& row) {
                      return SimulatorMessageRow{.address = row.string(0),
                                                 .seq = row.integer(1),
                                                 .message = row.id<base::MessageId>(2),
                                                 .text = row.string(3),
                                                 .reason = row.string(4),
                                                 .received_at = row.instant(5)};
                  });
}

} // namespace store
