#include "api/read_booking.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

#include "api/http/json.hpp"
#include "api/refusals.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;

constexpr auto most_overrides = std::size_t{4};
constexpr auto reason_text = base::TextRule{0, 500, true};
constexpr auto first_start = base::Instant(base::make_date(1970, 1, 1).time_since_epoch());
constexpr auto last_start = base::Instant(base::make_date(2100, 12, 31).time_since_epoch());

std::optional<base::Instant> start(http::Field const& field) {
    auto const instant = as::instant()(field);
    if (!instant) return std::nullopt;
    if (*instant < first_start || last_start < *instant) {
        return field.wrong("out_of_range", "must lie between 1970 and 2100");
    }
    // What is kept and told is a wall-clock time without seconds.
    if (std::chrono::floor<base::Minutes>(*instant) != *instant) {
        return field.wrong("whole_minutes", "must be a whole minute");
    }
    return instant;
}

using Rules = std::vector<std::string>;

Rules read_overrides(Reader& in) {
    auto const rule = as::one_of(Rules{"outside_hours", "too_soon", "too_far", "cancel_notice"});
    return in.optional("override", as::list(rule, most_overrides)).value_or(Rules());
}

bool has(Rules const& rules, std::string_view rule) { return std::ranges::find(rules, rule) != rules.end(); }

schedule::Overrides overrides_of(Rules const& rules) {
    return {.outside_hours = has(rules, "outside_hours"),
            .too_soon = has(rules, "too_soon"),
            .too_far = has(rules, "too_far")};
}

NewBooking read_new_booking(Reader& in, std::string const& country) {
    auto const customer = [&](Reader& inner) {
        return NewCustomer{inner.required("name", as::text(base::name_text)),
                           inner.optional("phone", as::phone(country))};
    };
    auto wish = NewBooking();
    wish.service = in.required("service_id", as::token());
    wish.starts_at = in.required("starts_at", start);
    wish.staff = in.optional("staff_id", as::token());
    wish.customer = in.optional("customer", as::object(customer));
    wish.customer_id = in.optional("customer_id", as::token());
    if (in.has("customer") == in.has("customer_id")) {
        in.refuse("customer", "required", "give either customer or customer_id");
    }
    wish.customer_name = in.optional("customer_name", as::text(base::name_text)).value_or("");
    wish.notes = in.optional("notes", as::text(base::notes_text)).value_or("");
    wish.overrides = overrides_of(read_overrides(in));
    wish.notify = in.optional("notify", as::boolean()).value_or(false);
    return wish;
}

std::optional<std::string> notes_of(http::Patch<std::string> const& notes) {
    return notes.present ? std::optional(notes.value.value_or("")) : std::nullopt;
}

} // namespace

base::Result<NewBooking> read_new_booking(http::Request const& request, business::Profile const& profile) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const body, http::json_object(request));
    auto in = Reader(body);
    auto wish = read_new_booking(in, profile.country);
    TRY_VOID(in.finish());
    return wish;
}

base::Result<BookingPatch> read_booking_patch(http::Request const& request) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const body, http::json_object(request));
    auto in = Reader(body);
    auto patch = BookingPatch();
    patch.version = read_version(in);
    patch.change.starts_at = in.changed("starts_at", start);
    patch.staff = in.changed("staff_id", as::token());
    patch.service = in.changed("service_id", as::token());
    patch.change.customer_name = in.changed("customer_name", as::text(base::name_text));
    patch.change.notes = notes_of(in.patch("notes", as::text(base::notes_text)));
    auto const rules = read_overrides(in);
    patch.change.overrides = overrides_of(rules);
    patch.notify = in.optional("notify", as::boolean());
    TRY_VOID(in.finish());
    return patch;
}

base::Result<BookingAction> read_booking_action(http::Request const& request) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const body, optional_object(request));
    auto in = Reader(body);
    auto action = BookingAction();
    action.version = read_optional_version(in);
    action.reason = in.optional("reason", as::text(reason_text)).value_or("");
    action.notify = in.optional("notify", as::boolean());
    TRY_VOID(in.finish());
    return action;
}

} // namespace api
