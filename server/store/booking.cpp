#include "store/booking.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "store/booking_columns.hpp"

namespace store {
namespace {

/// No occupied stretch is longer; the table's CHECK says so.
constexpr auto longest_occupied = std::chrono::days(1);

constexpr std::string_view booking_columns =
    "b.id, b.version, b.service_id, b.staff_id, b.customer_id, b.customer_name, b.starts_at, b.ends_at, "
    "b.occupied_from, b.occupied_to, b.local_start, b.timezone, b.status, b.origin, b.price_minor, b.notes, "
    "b.attendance_confirmed_at, b.created_at, b.updated_at";

std::string select_booking(std::string_view tail) {
    return "SELECT " + std::string(booking_columns) + " FROM booking b " + std::string(tail);
}

BookingRow booking(Row const& row) {
    return {.id = row.id<base::BookingId>(0),
            .version = row.integer(1),
            .service = row.id<base::ServiceId>(2),
            .staff = row.id<base::StaffId>(3),
            .customer = row.id<base::CustomerId>(4),
            .customer_name = row.string(5),
            .starts_at = row.instant(6),
            .ends_at = row.instant(7),
            .occupied_from = row.instant(8),
            .occupied_to = row.instant(9),
            .local_start = row.string(10),
            .timezone = row.string(11),
            .status = row.string(12),
            .origin = row.string(13),
            .price_minor = row.optional_integer(14),
            .notes = row.string(15),
            .attendance_confirmed_at = row.optional_instant(16),
            .created_at = row.instant(17),
            .updated_at = row.instant(18)};
}

BookingEventRow event(Row const& row) {
    return {row.integer(0), row.instant(1), row.string(2), row.string(3), row.string(4)};
}

/// Chair by chair, since that is what the index of active bookings is sorted by.
std::string busy_statement(std::string_view whose) {
    return "SELECT b.staff_id, b.occupied_from, b.occupied_to FROM booking b "
           "WHERE b.business_id = ?1 AND b.staff_id " +
           std::string(whose) +
           " AND b.status IN ('pending', 'confirmed') AND b.occupied_from > ?2 AND b.occupied_from < ?3 "
           "AND b.occupied_to > ?4 AND b.id <> ?5";
}

/// The usual list has a statement of its own: PostgreSQL plans once for all values, and cannot guess that a filter
/// which may be absent is. It would take the whole week, join it, sort it, and drop all but a page.
std::string plain_list_statement() {
    return select_booking_details("WHERE b.business_id = ?1 AND b.starts_at >= ?2 AND b.starts_at < ?3 "
                                  "AND (b.starts_at > ?2 OR b.id > ?4) ORDER BY b.starts_at, b.id LIMIT ?5");
}

bool is_plain(BookingFilter const& filter) {
    return !filter.statuses && !filter.staff && !filter.service && !filter.customer && !filter.origin;
}

std::string list_statement(std::string_view owner_of_the_index) {
    return select_booking_details("WHERE b.business_id = ?1 " + std::string(owner_of_the_index) +
                                  "AND b.starts_at >= ?2 AND b.starts_at < ?3 "
                                  "AND (b.starts_at > ?2 OR b.id > ?4) "
                                  "AND (CAST(?5 AS TEXT) IS NULL OR ?5 LIKE '%' || b.status || '%') "
                                  "AND (CAST(?6 AS TEXT) IS NULL OR b.staff_id = ?6) "
                                  "AND (CAST(?7 AS TEXT) IS NULL OR b.service_id = ?7) "
                                  "AND (CAST(?8 AS TEXT) IS NULL OR b.origin = ?8) "
                                  "ORDER BY b.starts_at, b.id LIMIT ?9");
}

} // namespace

std::string select_booking_details(std::string_view tail, std::string_view more) {
    return "SELECT " + std::string(booking_columns) + ", v.name, s.name, c.name, c.phone" + std::string(more) +
           " FROM booking b "
           "JOIN service v ON v.business_id = b.business_id AND v.id = b.service_id "
           "JOIN staff s ON s.business_id = b.business_id AND s.id = b.staff_id "
           "JOIN customer c ON c.business_id = b.business_id AND c.id = b.customer_id " +
           std::string(tail);
}

BookingDetails booking_details(Row const& row) {
    return {booking(row), row.string(19), row.string(20), row.optional_string(21), row.optional_string(22)};
}

void insert_booking(Tx& tx, base::BusinessId const& business, BookingRow const& row) {
    tx.run(
        "INSERT INTO booking (business_id, id, version, service_id, staff_id, customer_id, customer_name, starts_at, "
        "ends_at, occupied_from, occupied_to, local_start, timezone, status, origin, price_minor, notes, "
        "attendance_confirmed_at, created_at, updated_at, customer_name_folded, notes_folded) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        {business,
         row.id,
         row.version,
         row.service,
         row.staff,
         row.customer,
         row.customer_name,
         row.starts_at,
         row.ends_at,
         row.occupied_from,
         row.occupied_to,
         row.local_start,
         row.timezone,
         row.status,
         row.origin,
         row.price_minor,
         row.notes,
         row.attendance_confirmed_at,
         row.created_at,
         row.updated_at,
         base::fold(row.customer_name),
         base::fold(row.notes)});
}

void update_booking(Tx& tx, base::BusinessId const& business, BookingRow& row) {
    tx.run(
        "UPDATE booking SET version = version + 1, service_id = ?3, staff_id = ?4, customer_name = ?5, "
        "starts_at = ?6, ends_at = ?7, occupied_from = ?8, occupied_to = ?9, local_start = ?10, timezone = ?11, "
        "status = ?12, origin = ?13, price_minor = ?14, notes = ?15, attendance_confirmed_at = ?16, updated_at = ?17, "
        "customer_name_folded = ?18, notes_folded = ?19 "
        "WHERE business_id = ?1 AND id = ?2",
        {business, row.id, row.service, row.staff, row.customer_name, row.starts_at, row.ends_at, row.occupied_from,
         row.occupied_to, row.local_start, row.timezone, row.status, row.origin, row.price_minor, row.notes,
         row.attendance_confirmed_at, row.updated_at, base::fold(row.customer_name), base::fold(row.notes)});
    ++row.version;
}

std::optional<BookingRow> find_booking(Tx& tx, base::BusinessId const& business, base::BookingId const& id) {
    static auto const sql = select_booking("WHERE b.business_id = ?1 AND b.id = ?2");
    return tx.one(sql, {business, id}, booking);
}

std::optional<BookingRow> lock_booking(Tx& tx, base::BusinessId const& business, base::BookingId const& id) {
    static auto const sql = select_booking("WHERE b.business_id = ?1 AND b.id = ?2 FOR NO KEY UPDATE");
    if (tx.engine() == Engine::sqlite) return find_booking(tx, business, id);
    return tx.one(sql, {business, id}, booking);
}

std::optional<BookingDetails> find_booking_details(Tx& tx, base::BusinessId const& business,
                                                   base::BookingId const& id) {
    static auto const sql = select_booking_details("WHERE b.business_id = ?1 AND b.id = ?2");
    return tx.one(sql, {business, id}, booking_details);
}

std::vector<BookingDetails> list_bookings(Tx& tx, base::BusinessId const& business, BookingFilter const& filter) {
    static auto const plain = plain_list_statement();
    static auto const everybodys = list_statement("");
    static auto const one_customers = list_statement("AND b.customer_id = ?10 ");
    constexpr auto first = base::from_millis(std::numeric_limits<std::int64_t>::min());
    constexpr auto last = base::from_millis(std::numeric_limits<std::int64_t>::max());
    auto from = filter.from.value_or(first);
    auto after = std::string();
    if (filter.after && filter.after->first >= from) {
        from = filter.after->first;
        after = filter.after->second.text();
    }
    auto const to = filter.to.value_or(last);
    if (is_plain(filter)) return tx.all(plain, {business, from, to, after, filter.limit}, booking_details);
    if (!filter.customer) {
        return tx.all(
            everybodys,
            {business, from, to, after, filter.statuses, filter.staff, filter.service, filter.origin, filter.limit},
            booking_details);
    }
    return tx.all(one_customers,
                  {business, from, to, after, filter.statuses, filter.staff, filter.service, filter.origin,
                   filter.limit, *filter.customer},
                  booking_details);
}

BusyTimes busy_with_bookings(Tx& tx, base::BusinessId const& business, base::Interval window,
                             std::optional<base::BookingId> const& without, std::optional<base::StaffId> const& staff) {
    static auto const everybodys = busy_statement("IN (SELECT s.id FROM staff s WHERE s.business_id = ?1)");
    static auto const one_persons = busy_statement("= ?6");
    auto busy = BusyTimes();
    auto const take = [&](Row const& row) {
        auto const chair = row.text(0);
        auto found = busy.find(chair);
        if (found == busy.end()) found = busy.try_emplace(std::string(chair)).first;
        found->second.push_back({row.instant(1), row.instant(2)});
    };
    auto const earliest = window.from - longest_occupied;
    auto const excepted = without ? without->text() : std::string();
    if (staff) {
        tx.each(one_persons, {business, earliest, window.to, window.from, excepted, *staff}, take);
    } else {
        tx.each(everybodys, {business, earliest, window.to, window.from, excepted}, take);
    }
    return busy;
}

void append_booking_event(Tx& tx, base::BusinessId const& business, base::BookingId const& booking, base::Instant at,
                          std::string_view actor, std::string_view action, std::string_view details) {
    tx.run("INSERT INTO booking_event (business_id, booking_id, seq, at, actor, action, details) "
           "VALUES (?1, ?2, (SELECT COALESCE(MAX(e.seq), 0) + 1 FROM booking_event e "
           "WHERE e.business_id = ?1 AND e.booking_id = ?2), ?3, ?4, ?5, ?6)",
           {business, booking, at, actor, action, details});
}

std::vector<BookingEventRow> booking_events(Tx& tx, base::BusinessId const& business, base::BookingId const& booking) {
    return tx.all("SELECT e.seq, e.at, e.actor, e.action, e.details FROM booking_event e "
                  "WHERE e.business_id = ?1 AND e.booking_id = ?2 ORDER BY e.seq",
                  {business, booking}, event);
}

std::int64_t count_active_bookings(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                   base::Instant now) {
    auto const count = tx.one("SELECT COUNT(*) FROM booking b WHERE b.business_id = ?1 AND b.customer_id = ?2 "
                              "AND b.starts_at >= ?3 AND b.status IN ('pending', 'confirmed')",
                              {business, customer, now}, [](Row const& row) { return row.integer(0); });
    return count.value_or(0);
}

std::int64_t count_customer_writes(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                   base::Instant since) {
    auto const count = tx.one("SELECT COUNT(*) FROM booking b "
                              "JOIN booking_event e ON e.business_id = b.business_id AND e.booking_id = b.id "
                              "WHERE b.business_id = ?1 AND b.customer_id = ?2 AND b.updated_at >= ?3 "
                              "AND e.at >= ?3 AND e.actor <> 'owner'",
                              {business, customer, since}, [](Row const& row) { return row.integer(0); });
    return count.value_or(0);
}

} // namespace store
