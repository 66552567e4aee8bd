// Bookings as a spreadsheet: one row each, dates and times by the business's clock.
#pragma once

#include "api/csv.hpp"
#include "api/instant_text.hpp"
#include "api/language_of.hpp"
#include "business/profile.hpp"
#include "store/booking.hpp"

namespace api {

void write_header(Csv& out, Language language);
/// Dates as 2026-10-22, times as 09:30, the price as a decimal number of the currency.
void write_row(Csv& out, store::BookingDetails const& booking, business::Profile const& profile, Language language,
               InstantText& instants);

} // namespace api
