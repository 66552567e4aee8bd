// What the guided mode says, through wording::say. Values in, words out; nothing here decides.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/turn.hpp"

namespace assistant {

std::string disclosure(Turn const& turn);
/// "Hola, Carmen."
std::string greeting(Turn const& turn);
std::string main_menu(Turn const& turn);
/// A text without arguments but the country's words.
std::string plain(Turn const& turn, std::string_view key);
std::string handing_over(Turn const& turn);
/// The notice that goes with a reason to call a person.
std::string person_notice(Turn const& turn, std::string_view reason);

/// The services in a sentence before the question, and as numbered lines after it.
std::string ask_service(Turn const& turn, std::vector<base::ServiceId> const& offered, std::string_view key);
std::string list_services(Turn const& turn, std::vector<base::ServiceId> const& offered, std::string_view key);
std::string ask_which_day(Turn const& turn, std::span<base::Date const> days);
std::string offer_days(Turn const& turn, std::span<base::Date const> days);
/// Starts of one day are listed by their hour, others with their day.
std::string offer_starts(Turn const& turn, std::span<FreeStart const> starts);
std::string nearest_starts(Turn const& turn, std::span<FreeStart const> starts);
/// Why that start (or day) cannot be had: `refusal` is a rule's name; an unknown one reads as taken.
std::string start_refused(Turn const& turn, base::Instant start, std::string_view refusal);
std::string day_refused(Turn const& turn, base::Date day, std::string_view refusal);
std::string no_starts_at_all(Turn const& turn);
std::string staff_unknown(Turn const& turn);
std::string staff_not_for_service(Turn const& turn, business::StaffMember const& member,
                                  business::Service const& service);

/// The question before a booking is written: exactly what would be.
std::string ask_confirmation(Turn const& turn, std::string_view name);
/// The same for several at once.
std::string ask_confirm_party(Turn const& turn, std::span<CreateBooking const> bookings);
/// Who wants what, as an open question.
std::string ask_party_services(Turn const& turn);
/// "Ana (acompañante)": the name for somebody who comes with her.
std::string companion_of(Turn const& turn, std::string const& name);
std::string ask_confirm_move(Turn const& turn);
std::string ask_confirm_cancel(Turn const& turn, BookingView const& booking);
std::string ask_confirm_cancel_all(Turn const& turn, std::span<BookingView const> bookings);

/// "booked", "moved", "cancelled", "kept", "change_or_cancel", "ask_day_move": about a booking as its row says.
std::string about(Turn const& turn, std::string_view key, BookingView const& booking);
std::string list_bookings(Turn const& turn, std::string_view key, std::span<BookingView const> bookings);
std::string too_late(Turn const& turn);

std::string prices(Turn const& turn, std::vector<base::ServiceId> const& asked);
std::string durations(Turn const& turn, std::vector<base::ServiceId> const& asked);
std::string opening_hours(Turn const& turn);
std::string address(Turn const& turn);
/// Until when a booking can be changed or cancelled here.
std::string policy(Turn const& turn);

} // namespace assistant
