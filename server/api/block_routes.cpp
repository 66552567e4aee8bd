#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/affected.hpp"
#include "api/http/json.hpp"
#include "api/paging.hpp"
#include "api/read_hours.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/time_range.hpp"
#include "api/wire.hpp"
#include "booking/shop.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;

constexpr auto longest_block = std::chrono::days(366);
constexpr auto last_start = base::Instant(base::make_date(2100, 12, 31).time_since_epoch());
constexpr auto first_start = base::Instant(base::make_date(1970, 1, 1).time_since_epoch());

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto profile, booking::load_profile(tx, caller.business));
        auto in = Reader(request.query);
        auto const from = in.optional("from", day_or_instant(profile.zone, Edge::from)).value_or(first_start);
        auto const to = in.optional("to", day_or_instant(profile.zone, Edge::to)).value_or(last_start);
        auto const page = read_page(in);
        TRY_VOID(in.finish());
        auto const key = [](store::BlockRow const& row) {
            return sort_key(base::to_millis(row.interval.from), row.id.text());
        };
        auto const cut = slice(store::blocks_between(tx, caller.business, {from, to}), page, key);
        auto items = boost::json::array();
        for (auto const& row : cut.rows) {
            items.push_back(block_json(row, profile.zone));
        }
        return http::json(200, page_json(std::move(items), cut.next_cursor));
    });
}

store::BlockRow read_block(Reader& in, store::Tx& tx, base::BusinessId const& business) {
    auto row = store::BlockRow();
    row.staff = read_staff_id(in, "staff_id", tx, business);
    auto const starts_at = in.has("starts_at") ? in.changed("starts_at", as::instant()) : std::nullopt;
    auto const ends_at = in.has("ends_at") ? in.changed("ends_at", as::instant()) : std::nullopt;
    row.title = in.optional("title", as::text({0, 120, false})).value_or("");
    if (!in.has("starts_at")) in.refuse("starts_at", "required", "is required");
    if (!in.has("ends_at")) in.refuse("ends_at", "required", "is required");
    if (!starts_at || !ends_at) return row;
    row.interval = {*starts_at, *ends_at};
    if (*starts_at < first_start || last_start < *starts_at) {
        in.refuse("starts_at", "out_of_range", "must lie between 1970 and 2100");
    } else if (*ends_at <= *starts_at) {
        in.refuse("ends_at", "out_of_range", "must lie after starts_at");
    } else if (*ends_at - *starts_at > longest_block) {
        in.refuse("ends_at", "out_of_range", "must lie within 366 days of starts_at");
    }
    return row;
}

base::Result<http::Response> add(Context& context, store::Tx& tx, Caller const& caller,
                                 boost::json::object const& body) {
    auto in = Reader(body);
    auto row = read_block(in, tx, caller.business);
    TRY_VOID(in.finish());
    row.id = base::BlockId::make(context.system_clock.now(), context.random);
    row.created_at = context.now();
    TRY(auto affected, affected_by(tx, caller.business, context.now(), [&]() -> base::Result<void> {
            store::insert_block(tx, caller.business, row);
            return {};
        }));
    tx.note({caller.business, "block.updated", row.id.text()});
    TRY(auto profile, booking::load_profile(tx, caller.business));
    auto answer = block_json(row, profile.zone);
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
    auto const id = base::BlockId::parse(params["id"]);
    if (!id) return not_found();
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        if (!store::delete_block(tx, caller.business, *id)) return not_found();
        tx.note({caller.business, "block.updated", id->text()});
        return http::Response::empty();
    });
}

} // namespace

void add_block_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/blocks", route(context, list));
    router.add("POST", "/api/v1/blocks", route(context, post));
    router.add("DELETE", "/api/v1/blocks/{id}", route(context, remove));
}

} // namespace api
