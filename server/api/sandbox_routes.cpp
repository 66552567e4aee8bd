#include <boost/json/object.hpp>

#include "api/http/json.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "booking/rows.hpp"
#include "store/account.hpp"
#include "store/business.hpp"
#include "store/outbox.hpp"
#include "store/sandbox.hpp"
#include "whatsapp/simulator.hpp"

namespace api {
namespace {

constexpr auto sandbox_time = std::chrono::hours(24);
constexpr auto most_sandboxes = 20; // while the rows of each are kept, so within sandbox_time

/// The business as it is, but answering whoever writes, from its first message on, and reminding nobody.
store::BusinessRow shadow_of(store::BusinessRow row, base::BusinessId const& id, base::Instant ends_at) {
    row.sandbox_of = row.id;
    row.sandbox_ends_at = ends_at;
    row.id = id;
    row.version = 1;
    row.hours_version = 1;
    row.assistant_mode = "always";
    row.paused_until_at = std::nullopt;
    row.reminders = booking::reminders_text({.day_before = false});
    row.activated_at = std::nullopt;
    return row;
}

base::Result<void> check_may_have_one(store::Tx& tx, store::BusinessRow const& row) {
    if (row.sandbox_of) {
        return base::fail(base::Fault::conflict, "is_sandbox",
                          "A sandbox has no sandbox: switch to the business first.");
    }
    if (store::count_sandboxes(tx, row.id) >= most_sandboxes) {
        return base::fail(base::Fault::limited, "rate_limited", "A business has at most 20 sandboxes within 24 hours.");
    }
    return {};
}

/// Its first members are those of every business; the one before it may not be entered any more.
base::Result<http::Response> open(Context& context, store::Tx& tx, Caller const& caller) {
    store::lock_business(tx, caller.business);
    auto const original = store::find_business(tx, caller.business);
    if (!original) return not_found();
    TRY_VOID(check_may_have_one(tx, *original));
    store::close_sandboxes(tx, original->id);
    auto const now = context.system_clock.now();
    auto const shadow = shadow_of(*original, base::BusinessId::make(now, context.random), now + sandbox_time);
    store::insert_business(tx, shadow);
    store::copy_configuration(tx, original->id, shadow.id);
    store::insert_channel(tx, shadow.id, {whatsapp::simulator_channel, "online", std::nullopt}, context.now());
    store::insert_membership(tx, shadow.id, caller.account, caller.role, now);
    auto answer = business_summary(shadow);
    answer["ends_at"] = base::Zone().format(*shadow.sandbox_ends_at);
    return http::json(201, answer);
}

base::Result<http::Response> post(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const body, optional_object(request));
    auto in = http::Reader(body);
    TRY_VOID(in.finish());
    return create(context, caller, request, [&](store::Tx& tx) { return open(context, tx, caller); });
}

} // namespace

void add_sandbox_routes(http::Router& router, Context& context) {
    router.add("POST", "/api/v1/sandbox", route(context, post));
}

} // namespace api
