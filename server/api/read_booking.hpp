// What comes in about bookings: filters, new ones, changes.
#pragma once

#include <optional>
#include <string>

#include "api/http/reader.hpp"
#include "base/phone.hpp"
#include "booking/booking.hpp"
#include "business/profile.hpp"

namespace api {

struct NewCustomer {
    std::string name;
    std::optional<base::Phone> phone;
};

/// Ids are as they came: whether they mean something is known only inside.
struct NewBooking {
    std::string service;
    std::optional<std::string> staff;
    base::Instant starts_at;
    std::optional<NewCustomer> customer;    ///< either this
    std::optional<std::string> customer_id; ///< or this
    std::string customer_name;
    std::string notes;
    schedule::Overrides overrides;
    bool notify = false;
};
base::Result<NewBooking> read_new_booking(http::Request const& request, business::Profile const& profile);

struct BookingPatch {
    std::int64_t version = 0;
    std::optional<std::string> service;
    std::optional<std::string> staff;
    booking::Change change; ///< without service and staff
    std::optional<bool> notify;
};
base::Result<BookingPatch> read_booking_patch(http::Request const& request);

/// The body of confirm, cancel, complete and no_show; none at all is an empty one.
struct BookingAction {
    std::optional<std::int64_t> version;
    std::string reason;
    std::optional<bool> notify;
};
base::Result<BookingAction> read_booking_action(http::Request const& request);

} // namespace api
