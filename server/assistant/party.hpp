// Several bookings in one request: "mi marido y yo a la vez", "tinte y peinado".
#pragma once

#include <optional>
#include <string>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {

/// Puts people, and what each of them wants, into the draft; also makes one booking of it again ("al final voy sola").
/// False when the message says nothing of the kind.
bool take_party(Turn& turn, Heard const& heard);

/// True when the message asks for other people or services than the draft has.
bool differs_from_party(Turn const& turn, Heard const& heard);

/// Asks who wants what until each seat has a service the shop offers; then settles whether they can come together.
std::optional<Step> require_seats(Turn& turn);

/// What is to be found along with draft.service.
Company company_of(Draft const& draft);

/// The name for the booking of a seat: its own, or that of the customer, or of somebody who comes with her.
std::string name_for(Turn const& turn, Seat const& seat, std::string const& customer);

/// The seats with the places found for them: one call for each.
std::vector<CreateBooking> bookings_of(Turn const& turn, std::string const& customer);

} // namespace assistant
