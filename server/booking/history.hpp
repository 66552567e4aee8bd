// The history of a booking and the change log: what each write leaves behind. Inside this room only.
#pragma once

#include <string>
#include <string_view>

#include "booking/booking.hpp"

namespace booking {

/// After insert_booking.
void record_created(store::Tx& tx, base::BusinessId const& business, store::BookingRow const& row, Actor const& actor);
/// After update_booking by change(): `rescheduled` when start or staff differ, else `changed`. Details: what differs,
/// as it was before.
void record_changed(store::Tx& tx, base::BusinessId const& business, store::BookingRow const& before,
                    store::BookingRow const& after, Actor const& actor);
/// After update_booking by act(). Details: the status before, and the reason unless empty.
void record_step(store::Tx& tx, base::BusinessId const& business, store::BookingRow const& before,
                 store::BookingRow const& after, std::string_view reason, Actor const& actor);

/// After update_booking by note(). Details: the minutes, unless 0.
void record_note(store::Tx& tx, base::BusinessId const& business, store::BookingRow const& row, Note note, int minutes,
                 Actor const& actor);

} // namespace booking
