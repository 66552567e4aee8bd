// Bookings found by what somebody typed, and in other orders than by start. The plain list (booking.hpp) is apart, so
// that it stays as quick as it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/booking.hpp"
#include "store/rank.hpp"

namespace store {

enum class BookingKey { starts_at, created_at, updated_at, customer_name, service_name, price };

/// Names are compared folded and by their first 60 characters; no price is less than any. Ties go by id.
struct BookingOrder {
    BookingKey key = BookingKey::starts_at;
    bool descending = false;
    bool operator==(BookingOrder const&) const = default;
};

constexpr bool is_text(BookingKey key) { return key == BookingKey::customer_name || key == BookingKey::service_name; }

struct BookingSearch {
    BookingFilter filter = {}; ///< without `after`
    /// Every word has to occur in the customer's name, the name of who comes, her phone, the service or the notes,
    /// whatever the accents and capitals; or all of it is a part of her phone number. Empty: any booking.
    std::string text = {};
    BookingOrder order = {};
    std::optional<Place> after = {}; ///< its rank is of the order's kind
};

struct FoundBooking {
    BookingDetails booking;
    Rank rank;
};
std::vector<FoundBooking> search_bookings(Tx& tx, base::BusinessId const& business, BookingSearch const& search);

} // namespace store
