// The tools of the assistant: what it may ask for and what it is told. Tools are run by the room `tools`, inside a
// transaction; who the customer is comes from the transport and is never an argument.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "schedule/life_cycle.hpp"
#include "schedule/party.hpp"

namespace assistant {

/// What is booked along with a service: for somebody who comes along, or as a second thing in one visit.
struct Company {
    std::vector<base::ServiceId> services = {};
    schedule::Arrangement arrangement = schedule::Arrangement::together;
    bool operator==(Company const&) const = default;
};

/// Free starts of a service on the dates from…to (inclusive, at most 62 days), for one person or anyone.
struct FindAvailability {
    base::ServiceId service;
    base::Date from;
    base::Date to;
    std::optional<base::StaffId> staff;
    Company company = {};
    bool operator==(FindAvailability const&) const = default;
};
/// Why this start cannot be had, and the free starts nearest to it.
struct CheckStart {
    base::ServiceId service;
    base::Instant starts_at;
    std::optional<base::StaffId> staff;
    Company company = {};
    bool operator==(CheckStart const&) const = default;
};
/// The customer's own active bookings from now on, and her last visits.
struct ListBookings {
    bool operator==(ListBookings const&) const = default;
};
struct CreateBooking {
    base::ServiceId service;
    base::Instant starts_at;
    std::optional<base::StaffId> staff;
    std::string name;       ///< who comes
    bool for_other = false; ///< not the customer herself: the name is not hers
    bool operator==(CreateBooking const&) const = default;
};
struct MoveBooking {
    base::BookingId booking;
    base::Instant starts_at;
    std::optional<base::StaffId> staff;
    bool operator==(MoveBooking const&) const = default;
};
struct CancelBooking {
    base::BookingId booking;
    bool operator==(CancelBooking const&) const = default;
};
/// What she says of a booking of hers, for whoever expects her: that she will come, comes `minutes` late (0: some), is
/// there. It changes no time.
struct NoteBooking {
    enum class Note { attends, late, arrived };
    base::BookingId booking;
    Note note;
    int minutes = 0;
    bool operator==(NoteBooking const&) const = default;
};
using ToolCall =
    std::variant<FindAvailability, CheckStart, ListBookings, CreateBooking, MoveBooking, CancelBooking, NoteBooking>;

struct FreeStart {
    base::Instant starts_at;
    base::StaffId staff;                       ///< the one that would be taken
    std::vector<schedule::Place> company = {}; ///< places of what is booked along with it
    bool operator==(FreeStart const&) const = default;
};
/// At most 400 starts; on each date of the query that has none, why (schedule::Refusal as text: closed, taken …).
struct FreeStarts {
    std::vector<FreeStart> starts;
    std::string reason_if_empty;
};
/// `free` tells whether the start can be had; otherwise the rule that refuses it and up to 4 nearest free starts.
struct StartCheck {
    std::optional<FreeStart> free;
    std::string refusal;
    std::vector<FreeStart> alternatives;
};
/// A booking as its row says.
struct BookingView {
    base::BookingId id;
    base::ServiceId service;
    base::StaffId staff;
    std::string service_name;
    std::string staff_name;
    base::Instant starts_at;
    base::Instant ends_at;
    schedule::Status status = schedule::Status::confirmed;
    std::string customer_name;
    std::optional<std::int64_t> price_minor;
};
struct OwnBookings {
    std::vector<BookingView> bookings;    ///< by start
    std::vector<BookingView> visits = {}; ///< past ones that took place, the last first; at most 5
};
/// A write that was done: the row as it is now, read back in the same transaction.
struct Done {
    BookingView booking;
};
/// A write or search that was refused: a stable code (slot_taken, too_soon, outside_hours, too_late, limit_reached,
/// not_found …) and the nearest free starts where that helps.
struct Refused {
    std::string code;
    std::vector<FreeStart> alternatives;
};
using ToolAnswer = std::variant<FreeStarts, StartCheck, OwnBookings, Done, Refused>;

/// One step of a turn that was not pure, with its result.
struct JournalEntry {
    ToolCall call;
    ToolAnswer answer;
};

/// "find_availability", "check_start", "list_events", "create_event", "reschedule_event", "cancel_event",
/// "note_event".
std::string_view tool_name(ToolCall const& call);
/// As kept in turn_entry.
std::string to_json(ToolCall const& call);
std::string to_json(ToolAnswer const& answer);

} // namespace assistant
