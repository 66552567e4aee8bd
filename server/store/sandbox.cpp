#include "store/sandbox.hpp"

#include <array>

namespace store {
namespace {

constexpr auto tables = std::to_array<std::string_view>({
    "simulator_message",
    "outbox",
    "inbox",
    "message",
    "turn_entry",
    "turn",
    "conversation",
    "booking_event",
    "booking",
    "customer_address",
    "customer",
    "service_staff",
    "service",
    "block",
    "hours_exception",
    "weekly_hours",
    "staff",
    "whatsapp_session",
    "change",
    "change_counter",
    "idempotency",
    "job",
    "membership",
});

/// A statement per table, each written once: statements are prepared by their text and kept.
std::array<std::string, tables.size()> const& deletions() {
    static auto const made = [] {
        auto statements = std::array<std::string, tables.size()>();
        for (auto i = std::size_t{0}; i < tables.size(); ++i)
            statements[i] = "DELETE FROM " + std::string(tables[i]) + " WHERE business_id = ?1";
        return statements;
    }();
    return made;
}

bool is_sandbox(Tx& tx, base::BusinessId const& id) {
    return tx
        .one("SELECT 1 FROM business b WHERE b.id = ?1 AND b.sandbox_of_id IS NOT NULL", {id},
             [](Row const&) { return true; })
        .has_value();
}

} // namespace

std::span<std::string_view const> tables_of_a_business() { return tables; }

void lock_business(Tx& tx, base::BusinessId const& business) {
    if (tx.engine() == Engine::sqlite) return;
    tx.each("SELECT b.id FROM business b WHERE b.id = ?1 FOR NO KEY UPDATE", {business}, [](Row const&) {});
}

void copy_configuration(Tx& tx, base::BusinessId const& from, base::BusinessId const& to) {
    tx.run("INSERT INTO staff (business_id, id, version, name, color, active, own_hours, position, archived_at, "
           "created_at) "
           "SELECT ?2, s.id, s.version, s.name, s.color, s.active, s.own_hours, s.position, s.archived_at, "
           "s.created_at FROM staff s WHERE s.business_id = ?1",
           {from, to});
    tx.run("INSERT INTO weekly_hours (business_id, staff_id, weekday, from_minutes, to_minutes) "
           "SELECT ?2, w.staff_id, w.weekday, w.from_minutes, w.to_minutes FROM weekly_hours w "
           "WHERE w.business_id = ?1",
           {from, to});
    tx.run("INSERT INTO hours_exception (business_id, id, version, staff_id, date, hours, reason, created_at) "
           "SELECT ?2, x.id, x.version, x.staff_id, x.date, x.hours, x.reason, x.created_at FROM hours_exception x "
           "WHERE x.business_id = ?1",
           {from, to});
    tx.run("INSERT INTO block (business_id, id, version, staff_id, starts_at, ends_at, title, created_at) "
           "SELECT ?2, b.id, b.version, b.staff_id, b.starts_at, b.ends_at, b.title, b.created_at FROM block b "
           "WHERE b.business_id = ?1",
           {from, to});
    tx.run("INSERT INTO service (business_id, id, version, name, name_folded, category, synonyms, duration_minutes, "
           "buffer_before_minutes, buffer_after_minutes, price_minor, price_kind, active, everyone, position, "
           "archived_at, created_at) "
           "SELECT ?2, v.id, v.version, v.name, v.name_folded, v.category, v.synonyms, v.duration_minutes, "
           "v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor, v.price_kind, v.active, v.everyone, "
           "v.position, v.archived_at, v.created_at FROM service v WHERE v.business_id = ?1",
           {from, to});
    tx.run("INSERT INTO service_staff (business_id, service_id, staff_id) "
           "SELECT ?2, p.service_id, p.staff_id FROM service_staff p WHERE p.business_id = ?1",
           {from, to});
}

std::optional<base::BusinessId> find_sandbox(Tx& tx, base::BusinessId const& of, base::Instant now) {
    return tx.one("SELECT b.id FROM business b WHERE b.sandbox_of_id = ?1 AND b.sandbox_ends_at > ?2 "
                  "AND EXISTS (SELECT 1 FROM membership m WHERE m.business_id = b.id)",
                  {of, now}, [](Row const& row) { return row.id<base::BusinessId>(0); });
}

std::int64_t count_sandboxes(Tx& tx, base::BusinessId const& of) {
    return tx
        .one("SELECT count(*) FROM business b WHERE b.sandbox_of_id = ?1", {of},
             [](Row const& row) { return row.integer(0); })
        .value();
}

void close_sandboxes(Tx& tx, base::BusinessId const& of) {
    tx.run("UPDATE session SET business_id = ?1 "
           "WHERE business_id IN (SELECT b.id FROM business b WHERE b.sandbox_of_id = ?1)",
           {of});
    tx.run("DELETE FROM membership WHERE business_id IN (SELECT b.id FROM business b WHERE b.sandbox_of_id = ?1)",
           {of});
}

std::vector<base::BusinessId> ended_sandboxes(Tx& tx, base::Instant now, std::int64_t limit) {
    return tx.all("SELECT b.id FROM business b WHERE b.sandbox_of_id IS NOT NULL AND b.sandbox_ends_at <= ?1 "
                  "ORDER BY b.sandbox_ends_at, b.id LIMIT ?2",
                  {now, limit}, [](Row const& row) { return row.id<base::BusinessId>(0); });
}

void remove_sandbox(Tx& tx, base::BusinessId const& sandbox) {
    if (!is_sandbox(tx, sandbox)) return;
    tx.run("UPDATE session SET business_id = (SELECT b.sandbox_of_id FROM business b WHERE b.id = ?1) "
           "WHERE business_id = ?1",
           {sandbox});
    for (auto const& deletion : deletions())
        tx.run(deletion, {sandbox});
    tx.run("DELETE FROM lease WHERE name = ?1", {"lanes/" + sandbox.text()});
    tx.run("DELETE FROM business WHERE id = ?1", {sandbox});
}

} // namespace store
