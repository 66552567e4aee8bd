// The one way a booking changes: find, book, confirm, move, cancel, complete. Each write is a function of an open Tx,
// takes the locks it needs (customer, then staff in order of id), rechecks every rule, and leaves the last word to the
// database's constraint. Refusals are values:
//   not_found  not_found
//   conflict   slot_taken (with alternatives), version_conflict, wrong_status, not_started
//   invalid    outside_hours (also closed, staff_off), too_soon, too_far, not_performed
//   refused    too_late, limit_reached: for customers only
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/phone.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "business/profile.hpp"
#include "schedule/availability.hpp"
#include "schedule/life_cycle.hpp"
#include "store/booking.hpp"
#include "store/database.hpp"

namespace booking {

enum class Origin { assistant, guided, owner, web, google, import, api };
std::string_view to_text(Origin);
std::optional<Origin> parse_origin(std::string_view);

/// Who changes the booking and with which rights. A customer is held to all rules and to her limits and touches only
/// her own bookings (others: not_found); the owner may override rules but never an overlap.
struct Actor {
    schedule::Actor kind = schedule::Actor::owner;
    Origin origin = Origin::owner;
    std::optional<base::CustomerId> customer = {}; ///< the customer herself, when kind is customer
};

/// Limits of one customer, on all channels.
inline constexpr int max_active_bookings = 3;
inline constexpr int max_writes_a_day = 5;

/// Everything `availability` needs for starts in [from, to): hours, exceptions, staff, and what takes their time,
/// except the booking `without` (the one being moved).
base::Result<schedule::Calendar> load_calendar(store::Tx& tx, base::BusinessId const& business, base::Instant from,
                                               base::Instant to, std::optional<base::BookingId> const& without = {});

struct Wish {
    base::ServiceId service = {};
    base::Instant starts_at = {};
    std::optional<base::StaffId> staff = {};
    std::string customer_name = {};
    std::string notes = {};
    schedule::Overrides overrides = {};
};

/// Books for `customer`. pending when the business's owner approves each and the actor is a customer, else confirmed.
base::Result<store::BookingRow> book(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                     Wish const& wish, Actor const& actor, base::Instant now, base::Random& random);

struct Change {
    std::optional<base::Instant> starts_at = {};
    std::optional<base::StaffId> staff = {};
    std::optional<base::ServiceId> service = {};
    std::optional<std::string> customer_name = {};
    std::optional<std::string> notes = {};
    schedule::Overrides overrides = {};
};
/// Moves or edits; `version` when given must be the present one. The same row keeps its id.
base::Result<store::BookingRow> change(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                                       Change const& change, std::optional<std::int64_t> version, Actor const& actor,
                                       base::Instant now);

/// confirm, cancel, complete or mark_no_show. Confirming and re-activating never overlaps: the constraint sees to it.
base::Result<store::BookingRow> act(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                                    schedule::Action action, std::string const& reason,
                                    std::optional<std::int64_t> version, Actor const& actor, base::Instant now);

/// What a customer says of a booking that stands, kept in its history: that she will come (also as
/// attendance_confirmed_at), that she comes `minutes` late (0: some), that she is there. conflict wrong_status when it
/// no longer stands.
enum class Note { attends, late, arrived };
base::Result<store::BookingRow> note(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                                     Note note, int minutes, Actor const& actor, base::Instant now);

/// Free starts near a refused one, for the answer to slot_taken: at most `count`, within a week.
std::vector<schedule::Slot> alternatives(store::Tx& tx, base::BusinessId const& business,
                                         base::ServiceId const& service, std::optional<base::StaffId> const& staff,
                                         base::Instant wanted, base::Instant now, std::size_t count);

} // namespace booking
