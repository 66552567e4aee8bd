#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/affected.hpp"
#include "api/changed.hpp"
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

std::string key_of(store::StaffRow const& row) { return sort_key(row.position, row.id.text()); }

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    auto in = Reader(request.query);
    auto const active = in.optional("active", as::boolean());
    auto const page = read_page(in);
    TRY_VOID(in.finish());
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto rows = store::list_staff(tx, caller.business);
        std::erase_if(rows, [&](auto const& row) { return active && row.active != *active; });
        auto const cut = slice(rows, page, key_of);
        auto items = boost::json::array();
        for (auto const& row : cut.rows) {
            items.push_back(staff_json(row));
        }
        return http::json(200, page_json(std::move(items), cut.next_cursor));
    });
}

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto const row = find_unarchived_staff(tx, caller.business, params["id"]);
        if (!row) return not_found();
        return http::json(200, staff_json(*row));
    });
}

/// `#rrggbb`, kept in lower case.
std::optional<std::string> color(http::Field const& field) {
    auto text = as::text({7, 7, false})(field);
    if (!text) return std::nullopt;
    std::ranges::transform(*text, text->begin(), [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
    auto const is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (text->front() != '#' || !std::ranges::all_of(text->substr(1), is_digit)) {
        return field.wrong("format", "must look like #22aa77");
    }
    return text;
}

/// What POST and PATCH have in common.
void read_details(Reader& in, store::StaffRow& row) {
    set(row.color, in.patch("color", color));
    set(row.active, in.changed("active", as::boolean()));
}

base::Result<http::Response> add(Context& context, store::Tx& tx, Caller const& caller,
                                 boost::json::object const& body) {
    auto in = Reader(body);
    auto row = store::StaffRow();
    row.name = in.required("name", as::text(base::name_text));
    read_details(in, row);
    TRY_VOID(in.finish());
    auto const there = store::list_staff(tx, caller.business);
    row.id = base::StaffId::make(context.system_clock.now(), context.random);
    row.position = there.empty() ? 0 : there.back().position + 1;
    row.created_at = context.now();
    store::insert_staff(tx, caller.business, row);
    tx.note({caller.business, "staff.updated", row.id.text()});
    return http::json(201, staff_json(row));
}

base::Result<http::Response> post(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    return create(context, caller, request, [&](store::Tx& tx) { return add(context, tx, caller, body); });
}

/// Called under the locks of all staff: of two who leave at the same moment the second finds herself the last.
base::Result<void> expect_others(store::Tx& tx, base::BusinessId const& business, store::StaffRow const& leaving) {
    auto const others = std::ranges::any_of(store::list_staff(tx, business), [&](store::StaffRow const& row) {
        return row.active && row.id != leaving.id;
    });
    if (others) return {};
    return base::fail(base::Fault::conflict, "last_staff", "Somebody has to be there to book with.");
}

/// Who left is no longer named by services; one that only she did, nobody does.
void leave_services(store::Tx& tx, base::BusinessId const& business, base::StaffId const& leaving) {
    for (auto& service : store::list_services(tx, business)) {
        if (std::erase(service.staff, leaving) == 0) continue;
        store::update_service(tx, business, service);
        tx.note({business, "service.updated", service.id.text()});
    }
}

/// Writes the row and answers what it touches; stale: nothing was written.
base::Result<http::Response> save(Context& context, store::Tx& tx, Caller const& caller, store::StaffRow row) {
    auto stale = false;
    TRY(auto affected, affected_by(tx, caller.business, context.now(), [&]() -> base::Result<void> {
            stale = !store::update_staff(tx, caller.business, row);
            if (stale) return {};
            if (!row.active || row.archived_at) TRY_VOID(expect_others(tx, caller.business, row));
            if (row.archived_at) leave_services(tx, caller.business, row.id);
            return {};
        }));
    if (stale) {
        auto const now_there = find_unarchived_staff(tx, caller.business, row.id.text());
        if (!now_there) return not_found();
        return version_conflict(staff_json(*now_there));
    }
    tx.note({caller.business, "staff.updated", row.id.text()});
    TRY(auto profile, booking::load_profile(tx, caller.business));
    auto const touched = affected_json(affected, profile.zone);
    if (row.archived_at) return http::json(200, boost::json::object{{"affected", touched}});
    auto answer = staff_json(row);
    answer["affected"] = touched;
    return http::json(200, answer);
}

base::Result<http::Response> patch(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        auto row = find_unarchived_staff(tx, caller.business, params["id"]);
        if (!row) return not_found();
        auto in = Reader(body);
        row->version = read_version(in);
        set(row->name, in.changed("name", as::text(base::name_text)));
        read_details(in, *row);
        TRY_VOID(in.finish());
        return save(context, tx, caller, *std::move(row));
    });
}

base::Result<http::Response> archive(Context& context, Caller const& caller, http::Request const& request,
                                     http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        auto row = find_unarchived_staff(tx, caller.business, params["id"]);
        if (!row) return not_found();
        row->archived_at = context.now();
        return save(context, tx, caller, *std::move(row));
    });
}

} // namespace

void add_staff_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/staff", route(context, list));
    router.add("POST", "/api/v1/staff", route(context, post));
    router.add("GET", "/api/v1/staff/{id}", route(context, get));
    router.add("PATCH", "/api/v1/staff/{id}", route(context, patch));
    router.add("DELETE", "/api/v1/staff/{id}", route(context, archive));
}

} // namespace api
