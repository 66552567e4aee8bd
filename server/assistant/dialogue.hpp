// What the assistant remembers of a chat between two turns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/tool_call.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace assistant {

/// What the last message of the assistant asked for.
enum class Awaiting {
    nothing,
    menu,
    service,
    day,
    time,
    start,
    name,
    confirmation,
    booking,
    change_kind,
    attendance ///< a reminder asked whether she comes to draft.booking
};

/// What is being put together.
enum class Goal { none, book, move, cancel };

/// One of several bookings in the making: who comes, and for what.
struct Seat {
    std::optional<base::ServiceId> service;
    std::optional<std::string> name; ///< empty: the customer's, or that of somebody who comes along with her
    bool companion = false;          ///< not who writes
    std::string audience;            ///< see Person
    bool operator==(Seat const&) const = default;
};

/// The booking in the making. Nothing here is written anywhere until the customer has said yes to it.
struct Draft {
    Goal goal = Goal::none;
    std::optional<base::ServiceId> service;
    std::optional<base::StaffId> staff; ///< wished by the customer
    std::optional<base::Date> date;
    std::optional<base::Date> date_to;
    std::optional<base::TimeOfDay> time;
    std::optional<base::TimeOfDay> time_to;
    std::string part_of_day;        ///< a name of language::PartOfDay, or empty
    std::optional<FreeStart> start; ///< the free start that was chosen
    std::optional<std::string> name;
    bool for_other = false;                 ///< not for the customer herself, so that her name is not the booking's
    std::optional<base::BookingId> booking; ///< the one to move or cancel
    std::vector<Seat> party;                ///< empty, or two and more; `service` and `start` are then the first one's
    schedule::Arrangement arrangement = schedule::Arrangement::together;
    bool operator==(Draft const&) const = default;
};

struct Dialogue {
    Awaiting awaiting = Awaiting::nothing;
    Draft draft;
    std::vector<FreeStart> offered; ///< numbered as shown
    std::vector<base::ServiceId> offered_services;
    std::vector<base::BookingId> offered_bookings;
    std::vector<base::Date> offered_days;
    std::optional<base::Instant> offered_at; ///< offers older than 30 minutes are looked up again
    int misunderstandings = 0;
    std::string language; ///< of the customer, es or en
};

/// JSON text; parse of a damaged or unknown text answers an empty dialogue: a chat then starts anew rather than
/// failing.
std::string to_json(Dialogue const& dialogue);
Dialogue parse_dialogue(std::string_view json);

} // namespace assistant
