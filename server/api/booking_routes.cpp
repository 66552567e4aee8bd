#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "api/booking_csv.hpp"
#include "api/booking_list.hpp"
#include "api/http/json.hpp"
#include "api/http/problem.hpp"
#include "api/notices.hpp"
#include "api/paging.hpp"
#include "api/read_booking.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "api/wire_bookings.hpp"
#include "booking/shop.hpp"
#include "customers/customers.hpp"

namespace api {
namespace {

using store::BookingRow;

constexpr auto alternatives_shown = std::size_t{5};
constexpr auto csv_rows_at_once = std::int64_t{1000};
/// An answer is made in memory; this is some 100,000 bookings.
constexpr auto largest_csv = std::size_t{16} << 20;
auto const owner = booking::Actor{schedule::Actor::owner, booking::Origin::owner, {}};

base::Result<business::Profile> profile_of(Context& context, Caller const& caller) {
    return context.database.glance([&](store::Tx& tx) { return booking::load_profile(tx, caller.business); });
}

/// A malformed id is an unknown one.
template <class Id>
base::Result<Id> known(std::string const& text) {
    auto id = Id::parse(text);
    if (!id) return base::fail(no_such_thing());
    return *std::move(id);
}
template <class Id>
base::Result<std::optional<Id>> known(std::optional<std::string> const& text) {
    if (!text) return std::optional<Id>();
    TRY(auto id, known<Id>(*text));
    return std::optional(std::move(id));
}

base::Result<boost::json::object> with_history(store::Tx& tx, business::Profile const& profile,
                                               base::BookingId const& id) {
    auto const booking = store::find_booking_details(tx, profile.id, id);
    if (!booking) return base::fail(no_such_thing());
    auto answer = booking_json(*booking, profile);
    answer["history"] = history_json(store::booking_events(tx, profile.id, id), profile.zone);
    return answer;
}

// Reading

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, known<base::BookingId>(params["id"]));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        TRY(auto const answer, with_history(tx, profile, id));
        return http::json(200, answer);
    });
}

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        auto in = http::Reader(request.query);
        auto const listing = read_listing(in, profile.zone);
        auto const page = read_sorted_page(in, listing.order_name, rank_kind(listing));
        TRY_VOID(in.finish());
        auto const found = page_of_bookings(tx, caller.business, listing, page.after, page.limit);
        auto out = http::JsonWriter();
        auto instants = InstantText(profile.zone);
        out.begin_object().key("items").begin_array();
        for (auto const& booking : found.rows) {
            write_booking(out, booking, profile, instants);
        }
        out.end_array().key("next_cursor");
        found.next ? out.text(cursor_of(listing.order_name, *found.next)) : out.null();
        return http::json_text(200, out.end_object().release());
    });
}

/// The whole list in one consistent view, a thousand rows at a time.
base::Result<std::string> spreadsheet(store::Tx& tx, business::Profile const& profile, Listing const& listing,
                                      Language language) {
    auto out = Csv();
    auto instants = InstantText(profile.zone);
    write_header(out, language);
    auto after = std::optional<store::Place>();
    do {
        auto page = page_of_bookings(tx, profile.id, listing, after, csv_rows_at_once);
        for (auto const& booking : page.rows) {
            write_row(out, booking, profile, language, instants);
        }
        if (out.size() > largest_csv) {
            return base::fail(base::Fault::invalid, "too_many",
                              "There are too many bookings for one file: narrow "
                              "them by from and to.");
        }
        after = std::move(page.next);
    } while (after);
    return out.release();
}

base::Result<http::Response> list_as_csv(Context& context, Caller const& caller, http::Request const& request,
                                         http::Params const&) {
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        auto in = http::Reader(request.query);
        auto const listing = read_listing(in, profile.zone);
        TRY_VOID(in.finish());
        auto const own = profile.locale.starts_with("en") ? Language::en : Language::es;
        auto const language = language_of(request.headers["accept-language"], own);
        TRY(auto text, spreadsheet(tx, profile, listing, language));
        auto const today = base::format_date(base::date_of(profile.zone.to_local(context.now())));
        auto const* name = language == Language::en ? "bookings" : "citas";
        return http::Response::text(200, "text/csv; charset=utf-8; header=present", std::move(text))
            .set("Content-Disposition", fmt::format("attachment; filename=\"{}-{}.csv\"", name, today))
            .set("Content-Language", language == Language::en ? "en" : "es");
    });
}

// Refusals that say more than their code

struct Wanted {
    base::ServiceId service;
    std::optional<base::StaffId> staff;
    base::Instant starts_at;
};

base::Result<http::Response> slot_taken(Context& context, business::Profile const& profile, Wanted const& wanted,
                                        base::Error const& error) {
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto const near = booking::alternatives(tx, profile.id, wanted.service, wanted.staff, wanted.starts_at,
                                                context.now(), alternatives_shown);
        return http::problem(error, {{"alternatives", slots_json(near, profile.zone)}});
    });
}

base::Result<http::Response> stale(Context& context, business::Profile const& profile, base::BookingId const& id) {
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const current, with_history(tx, profile, id));
        return version_conflict(current);
    });
}

/// The words for what is unknown are the same everywhere.
base::Error plain(base::Error error) { return error.code == "not_found" ? no_such_thing() : std::move(error); }

// Creating

struct Order {
    booking::Wish wish;
    std::optional<base::CustomerId> customer;
};

base::Result<Order> order_of(NewBooking const& body) {
    auto order = Order();
    TRY(order.wish.service, known<base::ServiceId>(body.service));
    TRY(order.wish.staff, known<base::StaffId>(body.staff));
    TRY(order.customer, known<base::CustomerId>(body.customer_id));
    order.wish.starts_at = body.starts_at;
    order.wish.customer_name = body.customer && body.customer_name.empty() ? body.customer->name : body.customer_name;
    order.wish.notes = body.notes;
    order.wish.overrides = body.overrides;
    return order;
}

base::CustomerId customer_of(Context& context, store::Tx& tx, base::BusinessId const& business, NewBooking const& body,
                             Order const& order) {
    if (order.customer) return *order.customer;
    return customers::find_or_add(tx, business, body.customer->name, body.customer->phone, context.now(),
                                  context.random)
        .id;
}

base::Result<http::Response> book(Context& context, store::Tx& tx, business::Profile const& profile,
                                  NewBooking const& body, Order const& order) {
    auto const customer = customer_of(context, tx, profile.id, body, order);
    auto chat = body.notify ? lock_chat_of(tx, profile.id, customer) : std::nullopt;
    TRY(auto const row, booking::book(tx, profile.id, customer, order.wish, owner, context.now(), context.random));
    if (chat) {
        auto const booking = store::find_booking_details(tx, profile.id, row.id);
        tell(context, tx, profile, *std::move(chat), booking.value(), "booked");
    }
    TRY(auto const answer, with_history(tx, profile, row.id));
    return http::json(201, answer);
}

base::Result<http::Response> create_booking(Context& context, Caller const& caller, http::Request const& request,
                                            http::Params const&) {
    TRY(auto const profile, profile_of(context, caller));
    TRY(auto const body, read_new_booking(request, profile));
    TRY(auto const order, order_of(body));
    auto answer =
        create(context, caller, request, [&](store::Tx& tx) { return book(context, tx, profile, body, order); });
    if (answer) return answer;
    if (answer.error().code == "slot_taken") {
        auto const wanted = Wanted{order.wish.service, order.wish.staff, order.wish.starts_at};
        return slot_taken(context, profile, wanted, answer.error());
    }
    return base::fail(plain(answer.error()));
}

// Changing

/// What the customer has to hear of, as a key of wording; empty: nothing.
std::string_view news(BookingRow const& before, BookingRow const& after) {
    if (before.status != after.status) {
        if (after.status == "cancelled") return "cancelled";
        return before.status == "pending" && after.status == "confirmed" ? "booked" : "";
    }
    auto const moved =
        before.starts_at != after.starts_at || before.staff != after.staff || before.service != after.service;
    return moved ? "moved" : "";
}

base::Result<void> notify(Context& context, store::Tx& tx, business::Profile const& profile,
                          store::ConversationRow chat, base::BookingId const& id, std::string_view key,
                          std::optional<bool> wanted) {
    if (!wanted) {
        return base::fail_field("notify", "required", "say whether the customer is told of this in her chat");
    }
    if (*wanted)
        tell(context, tx, profile, std::move(chat), store::find_booking_details(tx, profile.id, id).value(), key);
    return {};
}

using Write = std::function<base::Result<BookingRow>(store::Tx&)>;

/// A write to one booking, with the message to its customer in the same transaction.
base::Result<http::Response> write(Context& context, business::Profile const& profile, base::BookingId const& id,
                                   std::optional<bool> wants_notice, Write const& change) {
    auto answer = context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        auto const found = store::find_booking(tx, profile.id, id);
        if (!found) return base::fail(no_such_thing());
        auto chat = lock_chat_of(tx, profile.id, found->customer);
        auto const before = store::lock_booking(tx, profile.id, id);
        if (!before) return base::fail(no_such_thing());
        TRY(auto const after, change(tx));
        auto const key = news(*before, after);
        if (chat && !key.empty()) {
            TRY_VOID(notify(context, tx, profile, *std::move(chat), id, key, wants_notice));
        }
        TRY(auto const now_there, with_history(tx, profile, id));
        return http::json(200, now_there);
    });
    if (!answer && answer.error().code == "version_conflict") return stale(context, profile, id);
    return answer;
}

/// Where the booking was wanted, for the free starts around it.
base::Result<Wanted> wanted_by(Context& context, business::Profile const& profile, base::BookingId const& id,
                               booking::Change const& change) {
    return context.database.read([&](store::Tx& tx) -> base::Result<Wanted> {
        auto const row = store::find_booking(tx, profile.id, id);
        if (!row) return base::fail(no_such_thing());
        return Wanted{change.service.value_or(row->service), change.staff.value_or(row->staff),
                      change.starts_at.value_or(row->starts_at)};
    });
}

base::Result<http::Response> patch(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY(auto const id, known<base::BookingId>(params["id"]));
    TRY(auto const body, read_booking_patch(request));
    TRY(auto const profile, profile_of(context, caller));
    auto change = body.change;
    TRY(change.service, known<base::ServiceId>(body.service));
    TRY(change.staff, known<base::StaffId>(body.staff));
    auto answer = write(context, profile, id, body.notify, [&](store::Tx& tx) {
        return booking::change(tx, profile.id, id, change, body.version, owner, context.now());
    });
    if (answer) return answer;
    if (answer.error().code == "slot_taken") {
        TRY(auto const wanted, wanted_by(context, profile, id, change));
        return slot_taken(context, profile, wanted, answer.error());
    }
    return base::fail(plain(answer.error()));
}

template <schedule::Action action>
base::Result<http::Response> act(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const& params) {
    TRY(auto const id, known<base::BookingId>(params["id"]));
    TRY(auto const body, read_booking_action(request));
    TRY(auto const profile, profile_of(context, caller));
    return write(context, profile, id, body.notify, [&](store::Tx& tx) {
        return booking::act(tx, profile.id, id, action, body.reason, body.version, owner, context.now());
    });
}

} // namespace

void add_booking_routes(http::Router& router, Context& context) {
    using schedule::Action;
    router.add("GET", "/api/v1/bookings", route(context, list));
    router.add("GET", "/api/v1/bookings.csv", route(context, list_as_csv));
    router.add("POST", "/api/v1/bookings", route(context, create_booking));
    router.add("GET", "/api/v1/bookings/{id}", route(context, get));
    router.add("PATCH", "/api/v1/bookings/{id}", route(context, patch));
    router.add("POST", "/api/v1/bookings/{id}/confirm", route(context, act<Action::confirm>));
    router.add("POST", "/api/v1/bookings/{id}/cancel", route(context, act<Action::cancel>));
    router.add("POST", "/api/v1/bookings/{id}/complete", route(context, act<Action::complete>));
    router.add("POST", "/api/v1/bookings/{id}/no_show", route(context, act<Action::mark_no_show>));
}

} // namespace api
