#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/affected.hpp"
#include "api/http/json.hpp"
#include "api/read_hours.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "booking/shop.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;

/// Whose week: the business's, or a staff member's.
struct Owner {
    store::BusinessRow business;
    std::optional<store::StaffRow> staff;
    std::int64_t version() const { return staff ? staff->version : business.hours_version; }
    std::string id() const { return staff ? staff->id.text() : std::string(); }
};

base::Result<std::optional<std::string>> wanted_staff(http::Request const& request) {
    auto in = Reader(request.query);
    auto id = in.optional("staff_id", as::token());
    TRY_VOID(in.finish());
    return id;
}

/// nullopt: no such staff member.
std::optional<Owner> find_owner(store::Tx& tx, base::BusinessId const& id, std::optional<std::string> const& staff_id) {
    auto business = store::find_business(tx, id);
    if (!business) return std::nullopt;
    if (!staff_id) return Owner{*std::move(business), std::nullopt};
    auto staff = find_unarchived_staff(tx, id, *staff_id);
    if (!staff) return std::nullopt;
    return Owner{*std::move(business), std::move(staff)};
}

boost::json::object hours_json(store::Tx& tx, Owner const& owner) {
    auto const own = !owner.staff || owner.staff->own_hours;
    auto const week = booking::weekly_of(store::weekly_hours(tx, owner.business.id), owner.id());
    auto const staff = owner.staff ? std::optional(owner.id()) : std::nullopt;
    return {{"version", owner.version()},
            {"staff_id", nullable(staff)},
            {"weekly", own ? boost::json::value(weekly_json(week)) : boost::json::value()}};
}

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const&) {
    TRY(auto staff_id, wanted_staff(request));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto const owner = find_owner(tx, caller.business, staff_id);
        if (!owner) return not_found();
        return http::json(200, hours_json(tx, *owner));
    });
}

/// False, and nothing written, when the version is not the present one.
bool save_week(store::Tx& tx, Owner& owner, std::int64_t version, std::optional<business::WeeklyHours> const& week) {
    auto const& business = owner.business.id;
    if (owner.staff) {
        owner.staff->version = version;
        owner.staff->own_hours = week.has_value();
        if (!store::update_staff(tx, business, *owner.staff)) return false;
    } else if (!store::raise_hours_version(tx, business, version)) {
        return false;
    }
    auto const rows = booking::rows_of(week.value_or(business::WeeklyHours()), owner.id());
    store::replace_weekly_hours(tx, business, owner.id(), rows);
    return true;
}

base::Result<http::Response> replace(Context& context, store::Tx& tx, Owner owner, Reader& in) {
    auto const version = read_version(in);
    auto const week = in.patch("weekly", as::object(read_week));
    if (!week.present || (!owner.staff && !week.value)) in.refuse("weekly", "required", "is required");
    TRY_VOID(in.finish());
    auto saved = false;
    TRY(auto affected, affected_by(tx, owner.business.id, context.now(), [&]() -> base::Result<void> {
            saved = save_week(tx, owner, version, week.value);
            return {};
        }));
    auto const staff_id = owner.staff ? std::optional(owner.id()) : std::nullopt;
    auto const now_there = find_owner(tx, owner.business.id, staff_id);
    if (!now_there) return not_found();
    auto answer = hours_json(tx, *now_there);
    if (!saved) return version_conflict(answer);
    tx.note({owner.business.id, "hours.updated", owner.staff ? owner.id() : owner.business.id.text()});
    TRY(auto profile, booking::profile_of(now_there->business));
    answer["affected"] = affected_json(affected, profile.zone);
    return http::json(200, answer);
}

base::Result<http::Response> put(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const&) {
    TRY(auto staff_id, wanted_staff(request));
    TRY(auto body, http::json_object(request));
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        auto owner = find_owner(tx, caller.business, staff_id);
        if (!owner) return not_found();
        auto in = Reader(body);
        return replace(context, tx, *std::move(owner), in);
    });
}

} // namespace

void add_hours_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/business/hours", route(context, get));
    router.add("PUT", "/api/v1/business/hours", route(context, put));
}

} // namespace api
