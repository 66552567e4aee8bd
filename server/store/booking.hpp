// Rows of bookings and their history.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct BookingRow {
    base::BookingId id = {};
    std::int64_t version = 1;
    base::ServiceId service = {};
    base::StaffId staff = {};
    base::CustomerId customer = {};
    std::string customer_name = {}; ///< who comes
    base::Instant starts_at = {};
    base::Instant ends_at = {};
    base::Instant occupied_from = {}; ///< with buffers
    base::Instant occupied_to = {};
    std::string local_start = {}; ///< wall time as agreed
    std::string timezone = {};
    std::string status = {}; ///< schedule::Status as text
    std::string origin = {};
    std::optional<std::int64_t> price_minor = {};
    std::string notes = {};
    std::optional<base::Instant> attendance_confirmed_at = {};
    base::Instant created_at = {};
    base::Instant updated_at = {};
    bool operator==(BookingRow const&) const = default;
};

/// A booking with the names beside its ids, for lists and messages.
struct BookingDetails {
    BookingRow row;
    std::string service_name = {};
    std::string staff_name = {};
    std::optional<std::string> customer_known_name = {};
    std::optional<std::string> customer_phone = {};
};

struct BookingEventRow {
    std::int64_t seq = 0;
    base::Instant at = {};
    std::string actor = {};
    std::string action = {};
    std::string details = {}; ///< JSON
};

/// What a list asks for; absent = any. Instants: from ≤ starts_at < to.
struct BookingFilter {
    std::optional<base::Instant> from = {};
    std::optional<base::Instant> to = {};
    std::optional<std::string> statuses = {}; ///< any of these: "pending,confirmed"
    std::optional<base::StaffId> staff = {};
    std::optional<base::ServiceId> service = {};
    std::optional<base::CustomerId> customer = {};
    std::optional<std::string> origin = {};
    /// The last row of the page before: its start and id.
    std::optional<std::pair<base::Instant, base::BookingId>> after = {};
    std::int64_t limit = 50;
};

void insert_booking(Tx& tx, base::BusinessId const& business, BookingRow const& row);
/// Writes all fields but id, customer and created_at; raises the version in the row given and in the table.
void update_booking(Tx& tx, base::BusinessId const& business, BookingRow& row);
std::optional<BookingRow> find_booking(Tx& tx, base::BusinessId const& business, base::BookingId const& id);
/// With the row's lock until the end of the transaction.
std::optional<BookingRow> lock_booking(Tx& tx, base::BusinessId const& business, base::BookingId const& id);
std::optional<BookingDetails> find_booking_details(Tx& tx, base::BusinessId const& business, base::BookingId const& id);
/// Ordered by start, then id.
std::vector<BookingDetails> list_bookings(Tx& tx, base::BusinessId const& business, BookingFilter const& filter);

/// When chairs are taken, by the id of their staff member.
using BusyTimes = std::map<std::string, std::vector<base::Interval>, std::less<>>;
/// Active bookings (with buffers) that touch [from, to), except `without`; of everybody, or of one staff member.
BusyTimes busy_with_bookings(Tx& tx, base::BusinessId const& business, base::Interval window,
                             std::optional<base::BookingId> const& without, std::optional<base::StaffId> const& staff);

void append_booking_event(Tx& tx, base::BusinessId const& business, base::BookingId const& booking, base::Instant at,
                          std::string_view actor, std::string_view action, std::string_view details);
std::vector<BookingEventRow> booking_events(Tx& tx, base::BusinessId const& business, base::BookingId const& booking);

/// For limits: active bookings of a customer from `now` on, and bookings she wrote (made, moved, cancelled) since
/// `since`.
std::int64_t count_active_bookings(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                   base::Instant now);
std::int64_t count_customer_writes(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                   base::Instant since);

} // namespace store
