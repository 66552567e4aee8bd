#include "store/business.hpp"

namespace store {
namespace {

BusinessRow business_row(Row const& row) {
    return {.id = row.id<base::BusinessId>(0),
            .version = row.integer(1),
            .hours_version = row.integer(2),
            .name = row.string(3),
            .kind = row.string(4),
            .country = row.string(5),
            .timezone = row.string(6),
            .locale = row.string(7),
            .tone = row.string(8),
            .currency = row.string(9),
            .address = row.string(10),
            .phone = row.string(11),
            .facts = row.string(12),
            .slot_step_minutes = row.integer(13),
            .min_notice_minutes = row.integer(14),
            .horizon_days = row.integer(15),
            .cancel_notice_minutes = row.integer(16),
            .buffer_minutes = row.integer(17),
            .assistant_mode = row.string(18),
            .assistant_name = row.string(19),
            .greeting = row.string(20),
            .auto_confirm = row.flag(21),
            .owner_approves = row.flag(22),
            .paused_until_at = row.optional_instant(23),
            .reminders = row.string(24),
            .onboarding_step = row.integer(25),
            .onboarding_completed_at = row.optional_instant(26),
            .activated_at = row.optional_instant(27),
            .created_at = row.instant(28),
            .sandbox_of = row.optional_id<base::BusinessId>(29),
            .sandbox_ends_at = row.optional_instant(30)};
}

std::string select_exception(std::string_view tail) {
    return "SELECT x.id, x.version, x.staff_id, x.date, x.hours, x.reason, x.created_at FROM hours_exception x " +
           std::string(tail);
}

ExceptionRow exception_row(Row const& row) {
    return {.id = row.id<base::ExceptionId>(0),
            .version = row.integer(1),
            .staff = row.optional_id<base::StaffId>(2),
            .date = base::parse_date(row.text(3)).value(),
            .hours = row.string(4),
            .reason = row.string(5),
            .created_at = row.instant(6)};
}

std::string select_block(std::string_view tail) {
    return "SELECT b.id, b.version, b.staff_id, b.starts_at, b.ends_at, b.title, b.created_at FROM block b " +
           std::string(tail);
}

BlockRow block_row(Row const& row) {
    return {.id = row.id<base::BlockId>(0),
            .version = row.integer(1),
            .staff = row.optional_id<base::StaffId>(2),
            .interval = {row.instant(3), row.instant(4)},
            .title = row.string(5),
            .created_at = row.instant(6)};
}

std::string select_staff(std::string_view tail) {
    return "SELECT s.id, s.version, s.name, s.color, s.active, s.own_hours, s.position, s.archived_at, s.created_at "
           "FROM staff s " +
           std::string(tail);
}

StaffRow staff_row(Row const& row) {
    return {.id = row.id<base::StaffId>(0),
            .version = row.integer(1),
            .name = row.string(2),
            .color = row.string(3),
            .active = row.flag(4),
            .own_hours = row.flag(5),
            .position = row.integer(6),
            .archived_at = row.optional_instant(7),
            .created_at = row.instant(8)};
}

} // namespace

void insert_business(Tx& tx, BusinessRow const& row) {
    tx.run("INSERT INTO business (id, version, hours_version, name, kind, country, timezone, locale, tone, currency, "
           "address, phone, facts, slot_step_minutes, min_notice_minutes, horizon_days, cancel_notice_minutes, "
           "buffer_minutes, assistant_mode, assistant_name, greeting, auto_confirm, owner_approves, paused_until_at, "
           "reminders, onboarding_step, onboarding_completed_at, activated_at, created_at, sandbox_of_id, "
           "sandbox_ends_at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, "
           "?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)",
           {row.id,
            row.version,
            row.hours_version,
            row.name,
            row.kind,
            row.country,
            row.timezone,
            row.locale,
            row.tone,
            row.currency,
            row.address,
            row.phone,
            row.facts,
            row.slot_step_minutes,
            row.min_notice_minutes,
            row.horizon_days,
            row.cancel_notice_minutes,
            row.buffer_minutes,
            row.assistant_mode,
            row.assistant_name,
            row.greeting,
            row.auto_confirm,
            row.owner_approves,
            row.paused_until_at,
            row.reminders,
            row.onboarding_step,
            row.onboarding_completed_at,
            row.activated_at,
            row.created_at,
            row.sandbox_of,
            row.sandbox_ends_at});
}

std::optional<BusinessRow> find_business(Tx& tx, base::BusinessId const& id) {
    return tx.one("SELECT b.id, b.version, b.hours_version, b.name, b.kind, b.country, b.timezone, b.locale, b.tone, "
                  "b.currency, b.address, b.phone, b.facts, b.slot_step_minutes, b.min_notice_minutes, b.horizon_days, "
                  "b.cancel_notice_minutes, b.buffer_minutes, b.assistant_mode, b.assistant_name, b.greeting, "
                  "b.auto_confirm, b.owner_approves, b.paused_until_at, b.reminders, b.onboarding_step, "
                  "b.onboarding_completed_at, b.activated_at, b.created_at, b.sandbox_of_id, "
                  "b.sandbox_ends_at FROM business b "
                  "WHERE b.id = ?1",
                  {id}, business_row);
}

bool update_business(Tx& tx, BusinessRow& row) {
    auto const changed = tx.run(
        "UPDATE business SET version = version + 1, name = ?3, kind = ?4, country = ?5, timezone = ?6, locale = ?7, "
        "tone = ?8, currency = ?9, address = ?10, phone = ?11, facts = ?12, slot_step_minutes = ?13, "
        "min_notice_minutes = ?14, horizon_days = ?15, cancel_notice_minutes = ?16, buffer_minutes = ?17, "
        "assistant_mode = ?18, assistant_name = ?19, greeting = ?20, auto_confirm = ?21, owner_approves = ?22, "
        "paused_until_at = ?23, reminders = ?24, onboarding_step = ?25, onboarding_completed_at = ?26, "
        "activated_at = ?27 WHERE id = ?1 AND version = ?2",
        {row.id,
         row.version,
         row.name,
         row.kind,
         row.country,
         row.timezone,
         row.locale,
         row.tone,
         row.currency,
         row.address,
         row.phone,
         row.facts,
         row.slot_step_minutes,
         row.min_notice_minutes,
         row.horizon_days,
         row.cancel_notice_minutes,
         row.buffer_minutes,
         row.assistant_mode,
         row.assistant_name,
         row.greeting,
         row.auto_confirm,
         row.owner_approves,
         row.paused_until_at,
         row.reminders,
         row.onboarding_step,
         row.onboarding_completed_at,
         row.activated_at});
    if (changed == 1) ++row.version;
    return changed == 1;
}

std::vector<WeeklyRow> weekly_hours(Tx& tx, base::BusinessId const& business) {
    return tx.all("SELECT w.staff_id, w.weekday, w.from_minutes, w.to_minutes FROM weekly_hours w "
                  "WHERE w.business_id = ?1 ORDER BY w.staff_id, w.weekday, w.from_minutes",
                  {business}, [](Row const& row) {
                      return WeeklyRow{row.string(0), static_cast<int>(row.integer(1)), row.minutes(2), row.minutes(3)};
                  });
}

void replace_weekly_hours(Tx& tx, base::BusinessId const& business, std::string_view staff,
                          std::vector<WeeklyRow> const& rows) {
    tx.run("DELETE FROM weekly_hours WHERE business_id = ?1 AND staff_id = ?2", {business, staff});
    for (auto const& row : rows) {
        tx.run("INSERT INTO weekly_hours (business_id, staff_id, weekday, from_minutes, to_minutes) "
               "VALUES (?1, ?2, ?3, ?4, ?5)",
               {business, staff, row.weekday, row.from, row.to});
    }
}

bool raise_hours_version(Tx& tx, base::BusinessId const& business, std::int64_t version) {
    return tx.run("UPDATE business SET hours_version = hours_version + 1 WHERE id = ?1 AND hours_version = ?2",
                  {business, version}) == 1;
}

void insert_exception(Tx& tx, base::BusinessId const& business, ExceptionRow const& row) {
    tx.run("INSERT INTO hours_exception (business_id, id, version, staff_id, date, hours, reason, created_at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
           {business, row.id, row.version, row.staff, row.date, row.hours, row.reason, row.created_at});
}

std::vector<ExceptionRow> exceptions_between(Tx& tx, base::BusinessId const& business, base::Date from, base::Date to) {
    static auto const sql =
        select_exception("WHERE x.business_id = ?1 AND x.date >= ?2 AND x.date <= ?3 ORDER BY x.date, x.id");
    return tx.all(sql, {business, from, to}, exception_row);
}

std::optional<ExceptionRow> find_exception(Tx& tx, base::BusinessId const& business, base::ExceptionId const& id) {
    static auto const sql = select_exception("WHERE x.business_id = ?1 AND x.id = ?2");
    return tx.one(sql, {business, id}, exception_row);
}

bool delete_exception(Tx& tx, base::BusinessId const& business, base::ExceptionId const& id) {
    return tx.run("DELETE FROM hours_exception WHERE business_id = ?1 AND id = ?2", {business, id}) == 1;
}

void insert_block(Tx& tx, base::BusinessId const& business, BlockRow const& row) {
    tx.run("INSERT INTO block (business_id, id, version, staff_id, starts_at, ends_at, title, created_at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
           {business, row.id, row.version, row.staff, row.interval.from, row.interval.to, row.title, row.created_at});
}

std::vector<BlockRow> blocks_between(Tx& tx, base::BusinessId const& business, base::Interval window) {
    static auto const sql = select_block("WHERE b.business_id = ?1 AND b.ends_at > ?2 AND b.starts_at < ?3 "
                                         "ORDER BY b.starts_at, b.id");
    return tx.all(sql, {business, window.from, window.to}, block_row);
}

std::optional<BlockRow> find_block(Tx& tx, base::BusinessId const& business, base::BlockId const& id) {
    static auto const sql = select_block("WHERE b.business_id = ?1 AND b.id = ?2");
    return tx.one(sql, {business, id}, block_row);
}

bool delete_block(Tx& tx, base::BusinessId const& business, base::BlockId const& id) {
    return tx.run("DELETE FROM block WHERE business_id = ?1 AND id = ?2", {business, id}) == 1;
}

void insert_staff(Tx& tx, base::BusinessId const& business, StaffRow const& row) {
    tx.run("INSERT INTO staff (business_id, id, version, name, color, active, own_hours, position, archived_at, "
           "created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
           {business, row.id, row.version, row.name, row.color, row.active, row.own_hours, row.position,
            row.archived_at, row.created_at});
}

bool update_staff(Tx& tx, base::BusinessId const& business, StaffRow& row) {
    auto const changed = tx.run(
        "UPDATE staff SET version = version + 1, name = ?4, color = ?5, active = ?6, "
        "own_hours = ?7, position = ?8, archived_at = ?9 "
        "WHERE business_id = ?1 AND id = ?2 AND version = ?3",
        {business, row.id, row.version, row.name, row.color, row.active, row.own_hours, row.position, row.archived_at});
    if (changed == 1) ++row.version;
    return changed == 1;
}

std::vector<StaffRow> list_staff(Tx& tx, base::BusinessId const& business) {
    static auto const sql =
        select_staff("WHERE s.business_id = ?1 AND s.archived_at IS NULL ORDER BY s.position, s.id");
    return tx.all(sql, {business}, staff_row);
}

std::optional<StaffRow> find_staff(Tx& tx, base::BusinessId const& business, base::StaffId const& id) {
    static auto const sql = select_staff("WHERE s.business_id = ?1 AND s.id = ?2");
    return tx.one(sql, {business, id}, staff_row);
}

void lock_staff(Tx& tx, base::BusinessId const& business, std::vector<base::StaffId> const& staff) {
    if (tx.engine() == Engine::sqlite) return;
    auto ids = std::string();
    for (auto const& id : staff)
        ids += id.text() + ",";
    // The rows are sorted before they are locked. NO KEY: rows that only refer to staff may be written meanwhile.
    tx.each("SELECT s.id FROM staff s WHERE s.business_id = ?1 AND s.id = ANY(string_to_array(?2, ',')) "
            "ORDER BY s.id FOR NO KEY UPDATE",
            {business, ids}, [](Row const&) {});
}

} // namespace store
