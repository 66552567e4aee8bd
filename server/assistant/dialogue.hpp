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
enum class Awaiting { nothing, menu, service, day, time, start, name, confirmation, booking, change_kind };

/// What is being put together.
enum class Goal { none, book, move, cancel };

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
    std::optional<base::BookingId> booking; ///< the one to move or cancel
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
