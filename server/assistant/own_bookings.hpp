// The customer's own bookings as she speaks of them. Inside this room only.
#pragma once

#include <optional>
#include <vector>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {

using Bookings = std::vector<BookingView>;

base::LocalTime start_of(Turn const& turn, BookingView const& booking);
base::Date day_of(Turn const& turn, BookingView const& booking);
BookingView const* find_booking(Bookings const& bookings, std::optional<base::BookingId> const& id);

bool names_day(language::When const& when, base::Date day);
/// The bookings the words fit, by day, service, hour; all of them when the words single out none.
Bookings meant(Turn const& turn, Heard const& heard, Bookings const& bookings);
/// Which booking it is about, when the words or the shortness of the list tell.
std::optional<base::BookingId> identify(Turn const& turn, Heard const& heard, Bookings const& bookings);
/// A day is named that is not this booking's.
bool means_other_booking(Turn const& turn, Heard const& heard, BookingView const& booking);

Step ask_which(Turn& turn, Bookings const& bookings);
/// Nearer than the notice that the business asks for.
bool too_near(Turn const& turn, BookingView const& booking);
Step refuse_as_too_late(Turn& turn);
/// Forgets the draft and says that the booking stays.
Step keep(Turn& turn, BookingView const& booking);

/// "sí", or the first of two.
bool said_yes(Heard const& heard);
bool said_no(Heard const& heard);

} // namespace assistant
