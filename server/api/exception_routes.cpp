#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/affected.hpp"
#include "api/http/json.hpp"
#include "api/paging.hpp"
#include "api/read_hours.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "booking/shop.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;

constexpr auto first_date = base::make_date(1900, 1, 1);
constexpr auto last_date = base::make_date(2100, 12, 31);

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    auto in = Reader(request.query);
    auto const from = in.optional("from", as::date()).value_or(first_date);
    auto const to = in.optional("to", as::date()).value_or(last_date);
    auto const page = read_page(in);
    TRY_VOID(in.finish());
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto const key = [](store::ExceptionRow const& row) {
            return sort_key(base::format_date(row.date), row.id.text());
        };
        auto const cut = slice(store::exceptions_between(tx, caller.business, from, to), page, key);
        auto items = boost::json::array();
        for (auto const& row : cut.rows) {
            items.push_back(exception_json(row));
        }
        return http::json(200, page_json(std::move(items), cut.next_cursor));
    });
}

/// Either closed or with hours of its own.
business::HoursException read_exception(Reader& in, store::Tx& tx, base::BusinessId const& business) {
    auto exception = business::HoursException();
    exception.date = in.required("date", as::date());
    exception.staff = read_staff_id(in, "staff_id", tx, business);
    exception.reason = in.optional("reason", as::text({0, 200, false})).value_or("");
    auto const closed = in.optional("closed", as::boolean()).value_or(false);
    auto const has_hours = in.has("hours");
    exception.hours = read_day(in, "hours");
    if (closed && !exception.hours.empty()) in.refuse("hours", "contradiction", "must be absent on a closed date");
    if (!closed && !has_hours) in.refuse("hours", "required", "is required unless the date is closed");
    if (!closed && has_hours && exception.hours.empty()) {
        in.refuse("hours", "empty", "must have an interval; say closed to close");
    }
    return exception;
}

/// Called under the locks of all staff, which every change of exceptions takes: two of them cannot both find nothing.
bool has_exception(store::Tx& tx, base::BusinessId const& business, business::HoursException const& wanted) {
    auto const there = store::exceptions_between(tx, business, wanted.date, wanted.date);
    return std::ranges::any_of(there, [&](store::ExceptionRow const& row) { return row.staff == wanted.staff; });
}

base::Result<http::Response> add(Context& context, store::Tx& tx, Caller const& caller,
                                 boost::json::object const& body) {
    auto in = Reader(body);
    auto exception = read_exception(in, tx, caller.business);
    TRY_VOID(in.finish());
    exception.id = base::ExceptionId::make(context.system_clock.now(), context.random);
    auto const row = booking::row_of(exception, context.now());
    TRY(auto affected, affected_by(tx, caller.business, context.now(), [&]() -> base::Result<void> {
            if (has_exception(tx, caller.business, exception)) {
                TRY_VOID(already_exists("date", "This date has other hours already."));
            }
            store::insert_exception(tx, caller.business, row);
            return {};
        }));
    tx.note({caller.business, "hours.updated", row.id.text()});
    TRY(auto profile, booking::load_profile(tx, caller.business));
    auto answer = exception_json(row);
    answer["affected"] = affected_json(affected, profile.zone);
    return http::json(201, answer);
}

base::Result<http::Response> post(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    return create(context, caller, request, [&](store::Tx& tx) { return add(context, tx, caller, body); });
}

base::Result<http::Response> remove(Context& context, Caller const& caller, http::Request const& request,
                                    http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    auto const id = base::ExceptionId::parse(params["id"]);
    if (!id) return not_found();
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto affected, affected_by(tx, caller.business, context.now(), [&]() -> base::Result<void> {
                if (!store::delete_exception(tx, caller.business, *id)) TRY_VOID(not_found());
                return {};
            }));
        tx.note({caller.business, "hours.updated", id->text()});
        TRY(auto profile, booking::load_profile(tx, caller.business));
        return http::json(200, boost::json::object{{"affected", affected_json(affected, profile.zone)}});
    });
}

} // namespace

void add_exception_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/business/exceptions", route(context, list));
    router.add("POST", "/api/v1/business/exceptions", route(context, post));
    router.add("DELETE", "/api/v1/business/exceptions/{id}", route(context, remove));
}

} // namespace api
