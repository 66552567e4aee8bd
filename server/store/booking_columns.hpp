// How a booking with its names is read, for the statements of this room.
#pragma once

#include <string>
#include <string_view>

#include "store/booking.hpp"

namespace store {

/// `b` is the booking, `v` its service, `s` its staff member, `c` its customer. `more`: columns after the others
/// (", …"), from column booking_details_columns on.
inline constexpr auto booking_details_columns = 23;
std::string select_booking_details(std::string_view tail, std::string_view more = "");
BookingDetails booking_details(Row const& row);

} // namespace store
