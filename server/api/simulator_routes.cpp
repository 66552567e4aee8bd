#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/http/json.hpp"
#include "api/http/reader.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "booking/shop.hpp"
#include "store/outbox.hpp"
#include "store/sandbox.hpp"
#include "whatsapp/simulator.hpp"

namespace api {
namespace {

namespace as = http::as;

constexpr auto longest_wait = std::int64_t{25};
constexpr auto longest_advance = std::int64_t{60} * 24 * 400; // minutes

/// The one whose simulator is meant: the business itself, else its sandbox; without either the simulator refuses.
base::BusinessId simulated(Context& context, store::Tx& tx, Caller const& caller) {
    auto const own = store::find_channel(tx, caller.business);
    if (own && own->kind == whatsapp::simulator_channel) return caller.business;
    return store::find_sandbox(tx, caller.business, context.system_clock.now()).value_or(caller.business);
}

/// National numbers are read as those of the business's country.
base::Result<business::Profile> profile_of(Context& context, Caller const& caller) {
    return context.database.read([&](store::Tx& tx) -> base::Result<business::Profile> {
        return booking::load_profile(tx, simulated(context, tx, caller));
    });
}

base::Result<http::Response> customer_writes(Context& context, Caller const& caller, http::Request const& request,
                                             http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto profile, profile_of(context, caller));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto message = whatsapp::CustomerMessage();
    message.from = in.required("from", as::phone(profile.country));
    message.name = in.optional("name", as::text(base::name_text));
    message.kind = in.optional("kind", as::one_of({"text", "audio", "image", "sticker", "location"})).value_or("text");
    message.id = in.optional("id", as::token());
    if (message.kind == "text") {
        message.text = in.required("text", as::text(base::message_text));
    } else {
        message.text = in.optional("text", as::text({0, base::message_text.max, true})).value_or("");
    }
    TRY_VOID(in.finish());
    TRY(auto id, context.simulator.customer_writes(profile.id, message));
    return http::json(202, boost::json::object{{"message_id", id.text()}});
}

base::Result<http::Response> owner_writes(Context& context, Caller const& caller, http::Request const& request,
                                          http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto profile, profile_of(context, caller));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto to = in.required("to", as::phone(profile.country));
    auto text = in.required("text", as::text(base::message_text));
    TRY_VOID(in.finish());
    TRY(auto id, context.simulator.owner_writes(profile.id, to, text));
    return http::json(202, boost::json::object{{"message_id", id.text()}});
}

base::Result<http::Response> screen(Context& context, Caller const& caller, http::Request const& request,
                                    http::Params const&) {
    TRY(auto profile, profile_of(context, caller));
    auto in = http::Reader(request.query);
    auto customer = in.required("customer", as::phone(profile.country));
    auto after = in.optional("after", as::token());
    auto wait = in.optional("wait", as::integer(0, longest_wait)).value_or(0);
    TRY_VOID(in.finish());
    auto last = after ? base::MessageId::parse(*after) : std::nullopt;
    TRY(auto shown, context.simulator.screen(profile.id, customer, last, std::chrono::seconds(wait)));
    auto items = boost::json::array();
    for (auto const& message : shown.items) {
        items.push_back({{"id", message.message.text()},
                         {"text", message.text},
                         {"sent_at", profile.zone.format(message.received_at)},
                         {"reason", message.reason}});
    }
    return http::json(200, boost::json::object{{"items", std::move(items)}, {"idle", shown.idle}});
}

base::Result<http::Response> move_clock(Context& context, Caller const& caller, http::Request const& request,
                                        http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto profile, profile_of(context, caller));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto now = in.optional("now", as::instant());
    auto minutes = in.optional("advance_minutes", as::integer(0, longest_advance));
    if (now.has_value() == minutes.has_value()) in.refuse("now", "required", "give either now or advance_minutes");
    TRY_VOID(in.finish());
    if (!context.settings.movable_clock) {
        return base::fail(base::Fault::conflict, "clock_fixed", "this server was not started with --now or --demo");
    }
    // Read once: between two readings it moves, and standing still would be a step back.
    auto const here = context.now();
    auto const target = now ? *now : here + base::Minutes(*minutes);
    if (target < here || target > here + base::Minutes(longest_advance)) {
        return base::fail_field("now", "out_of_range", "the clock moves forward only, and by at most 400 days");
    }
    auto then = context.advance_clock(target);
    return http::json(200, boost::json::object{{"now", profile.zone.format(then)}});
}

} // namespace

void add_simulator_routes(http::Router& router, Context& context) {
    router.add("POST", "/api/v1/simulator/messages", route(context, customer_writes));
    router.add("GET", "/api/v1/simulator/messages", route(context, screen));
    router.add("POST", "/api/v1/simulator/owner-messages", route(context, owner_writes));
    router.add("POST", "/api/v1/simulator/clock", route(context, move_clock));
}

} // namespace api
