#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "api/changed.hpp"
#include "api/http/json.hpp"
#include "api/http/problem.hpp"
#include "api/paging.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "api/wire_customers.hpp"
#include "base/log.hpp"
#include "booking/booking.hpp"
#include "booking/shop.hpp"
#include "customers/records.hpp"
#include "store/scrubbing.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;
using store::CustomerKey;
using store::CustomerRow;

constexpr auto search_text = base::TextRule{0, 100, false};

base::Result<base::CustomerId> read_id(http::Params const& params) {
    auto id = base::CustomerId::parse(params["id"]);
    if (!id) return base::fail(no_such_thing());
    return *std::move(id);
}

base::Result<boost::json::object> load(Context& context, store::Tx& tx, base::BusinessId const& business,
                                       base::CustomerId const& id) {
    TRY(auto const profile, booking::load_profile(tx, business));
    auto answer = customer_details_json(tx, profile, id, context.now());
    if (!answer) return base::fail(no_such_thing());
    return *std::move(answer);
}

// Reading

struct Order {
    std::string name;
    CustomerKey key = CustomerKey::name;
    bool descending = false;
};

std::optional<Order> order(http::Field const& field) {
    static auto const named =
        as::one_of<Order>({{"name", {}},
                           {"-name", {"-name", CustomerKey::name, true}},
                           {"last_visit_at", {"last_visit_at", CustomerKey::last_visit_at, false}},
                           {"-last_visit_at", {"-last_visit_at", CustomerKey::last_visit_at, true}},
                           {"created_at", {"created_at", CustomerKey::created_at, false}},
                           {"-created_at", {"-created_at", CustomerKey::created_at, true}}});
    return named(field);
}

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    auto in = Reader(request.query);
    auto search = store::CustomerSearch();
    search.text = in.optional("q", as::text(search_text)).value_or("");
    auto const sort = in.optional("sort", order).value_or(Order());
    search.key = sort.key;
    search.descending = sort.descending;
    auto page = read_sorted_page(in, sort.name, store::is_text(sort.key) ? RankKind::text : RankKind::number);
    TRY_VOID(in.finish());
    search.after = std::move(page.after);
    search.limit = page.limit + 1;
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        auto found = store::search_customers(tx, caller.business, search, context.now());
        auto next = std::optional<std::string>();
        if (std::ssize(found) > page.limit) {
            found.pop_back();
            next = cursor_of(sort.name, {found.back().rank, found.back().customer.row.id.text()});
        }
        auto items = boost::json::array();
        for (auto const& one : found) {
            items.push_back(customer_json(one.customer, profile.zone));
        }
        return http::json(200, page_json(std::move(items), next));
    });
}

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const answer,
        context.database.read([&](store::Tx& tx) { return load(context, tx, caller.business, id); }));
    return http::json(200, answer);
}

base::Result<http::Response> export_all(Context& context, Caller const& caller, http::Request const& request,
                                        http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        auto const document = customer_export_json(tx, profile, id, context.now());
        if (!document) return base::fail(no_such_thing());
        return http::json(200, *document)
            .set("Content-Disposition", fmt::format("attachment; filename=\"customer-{}.json\"", id.text()));
    });
}

// Writing

/// What POST and PATCH have in common; null clears.
void read_details(Reader& in, CustomerRow& row, std::string const& country, base::Instant now) {
    set(row.name, in.patch("name", as::text(base::name_text)));
    auto const phone = in.patch("phone", as::phone(country));
    if (phone.present) customers::set_phone(row, phone.value);
    set(row.language, in.patch("language", as::one_of({"es", "en"})));
    set(row.notes, in.patch("notes", as::text(base::notes_text)));
    auto const opt_out = in.changed("opt_out", as::boolean());
    if (opt_out && *opt_out != row.opt_out_at.has_value()) {
        row.opt_out_at = *opt_out ? std::optional(now) : std::nullopt;
    }
}

/// 409 that shows whose number it is, so that the two can be merged.
base::Result<http::Response> phone_taken(Context& context, base::BusinessId const& business,
                                         std::optional<std::string> const& canonical) {
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, business));
        auto const* message = "Another customer has this phone number.";
        auto const error =
            base::Error{base::Fault::conflict, "already_exists", message, {{"phone", "already_exists", message}}};
        auto const other = store::find_customer_by_phone(tx, business, canonical.value_or(""));
        auto const seen = other ? store::find_customer_summary(tx, business, other->id, context.now()) : std::nullopt;
        if (!seen) return http::problem(error);
        return http::problem(error, {{"customer", customer_json(*seen, profile.zone)}});
    });
}

base::Result<http::Response> post(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const body, http::json_object(request));
    TRY(auto const profile,
        context.database.read([&](store::Tx& tx) { return booking::load_profile(tx, caller.business); }));
    auto in = Reader(body);
    auto row = CustomerRow();
    read_details(in, row, profile.country, context.now());
    if (!in.has("name") && !in.has("phone")) in.refuse("name", "required", "is required unless there is a phone");
    TRY_VOID(in.finish());
    auto answer = create(context, caller, request, [&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const added, customers::add(tx, caller.business, row, context.now(), context.random));
        TRY(auto const shown, load(context, tx, caller.business, added.id));
        return http::json(201, shown);
    });
    if (answer || answer.error().code != "already_exists") return answer;
    return phone_taken(context, caller.business, row.phone_canonical);
}

base::Result<http::Response> stale(Context& context, base::BusinessId const& business, base::CustomerId const& id) {
    TRY(auto const current, context.database.read([&](store::Tx& tx) { return load(context, tx, business, id); }));
    return version_conflict(current);
}

base::Result<http::Response> patch(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const body, http::json_object(request));
    auto wanted = std::optional<std::string>();
    auto answer = context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        auto const before = store::lock_customer(tx, caller.business, id);
        if (!before) return base::fail(no_such_thing());
        auto in = Reader(body);
        auto row = *before;
        row.version = read_version(in);
        read_details(in, row, profile.country, context.now());
        TRY_VOID(in.finish());
        if (row.version != before->version) {
            return base::fail(base::Fault::conflict, "version_conflict", "The customer was changed meanwhile.");
        }
        wanted = row.phone_canonical;
        TRY_VOID(customers::change(tx, caller.business, *before, row));
        TRY(auto const shown, load(context, tx, caller.business, id));
        return http::json(200, shown);
    });
    if (answer) return answer;
    if (answer.error().code == "already_exists") return phone_taken(context, caller.business, wanted);
    if (answer.error().code == "version_conflict") return stale(context, caller.business, id);
    return answer;
}

/// Which of the two is not as it was seen.
base::Result<http::Response> stale_pair(Context& context, base::BusinessId const& business,
                                        customers::Seen const& customer, customers::Seen const& other) {
    TRY(auto const current,
        context.database.read([&](store::Tx& tx) { return load(context, tx, business, customer.id); }));
    if (current.at("version") != customer.version) return version_conflict(current);
    return stale(context, business, other.id);
}

base::Result<http::Response> merge(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const body, http::json_object(request));
    auto in = Reader(body);
    auto customer = customers::Seen{id, read_version(in)};
    auto const other_text = in.required("other_id", as::token());
    auto const other_version = in.required("other_version", as::integer(1, std::int64_t{1} << 53));
    TRY_VOID(in.finish());
    auto const other_id = base::CustomerId::parse(other_text);
    if (!other_id) return base::fail(no_such_thing());
    auto const other = customers::Seen{*other_id, other_version};
    auto answer = create(context, caller, request, [&](store::Tx& tx) -> base::Result<http::Response> {
        TRY_VOID(customers::merge(tx, caller.business, customer, other, context.now()));
        TRY(auto const shown, load(context, tx, caller.business, id));
        return http::json(200, shown);
    });
    if (answer) return answer;
    auto const& code = answer.error().code;
    if (code == "not_found") return not_found();
    if (code == "version_conflict") return stale_pair(context, caller.business, customer, other);
    if (code == "same_customer") return base::fail_field("other_id", code, answer.error().message);
    return answer;
}

// Erasing

/// Nobody else would ever free these chairs, and the owner who erases may not think of them.
base::Result<http::Response> has_bookings(store::Tx& tx, business::Profile const& profile,
                                          std::vector<base::BookingId> const& ids) {
    auto bookings = std::vector<store::BookingDetails>();
    for (auto const& id : ids) {
        bookings.push_back(store::find_booking_details(tx, profile.id, id).value());
    }
    auto const error = base::Error{base::Fault::conflict, "has_bookings",
                                   "She has bookings to come: cancel or keep them first, or ask with "
                                   "cancel_bookings=true."};
    return http::problem(error, {{"bookings", affected_json(bookings, profile.zone)}});
}

base::Result<void> cancel_all(Context& context, store::Tx& tx, base::BusinessId const& business,
                              std::vector<base::BookingId> const& ids) {
    auto const owner = booking::Actor{schedule::Actor::owner, booking::Origin::owner, {}};
    for (auto const& id : ids) {
        TRY_VOID(booking::act(tx, business, id, schedule::Action::cancel, "", std::nullopt, owner, context.now()));
    }
    return {};
}

base::Result<http::Response> erase(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY(auto const id, read_id(params));
    auto in = Reader(request.query);
    auto const cancel_bookings = in.optional("cancel_bookings", as::boolean()).value_or(false);
    TRY_VOID(in.finish());
    auto answer = context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        TRY_VOID(customers::lock_to_erase(tx, caller.business, id));
        auto const to_come = store::bookings_to_come_of(tx, caller.business, id, context.now());
        if (!to_come.empty() && !cancel_bookings) return has_bookings(tx, profile, to_come);
        TRY_VOID(cancel_all(context, tx, caller.business, to_come));
        customers::erase(tx, caller.business, id, context.system_clock.now(), context.random);
        return http::Response::empty();
    });
    if (!answer && answer.error().code == "not_found") return not_found();
    if (!answer) return answer;
    // She is gone from the tables; should the files be busy, housekeeping clears them.
    if (auto scrubbed = store::scrub_when_called(context.database); !scrubbed) {
        base::log::warn("customers.not_scrubbed", {{"code", scrubbed.error().code}});
    }
    return answer;
}

} // namespace

void add_customer_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/customers", route(context, list));
    router.add("POST", "/api/v1/customers", route(context, post));
    router.add("GET", "/api/v1/customers/{id}", route(context, get));
    router.add("PATCH", "/api/v1/customers/{id}", route(context, patch));
    router.add("DELETE", "/api/v1/customers/{id}", route(context, erase));
    router.add("GET", "/api/v1/customers/{id}/export", route(context, export_all));
    router.add("POST", "/api/v1/customers/{id}/merge", route(context, merge));
}

} // namespace api
