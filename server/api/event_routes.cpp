#include <algorithm>
#include <boost/json/object.hpp>

#include "api/events.hpp"
#include "api/http/json.hpp"
#include "api/http/problem.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/same_origin.hpp"

namespace api {
namespace {

constexpr auto events_path = std::string_view("/api/v1/events");
constexpr auto protocol = std::string_view("apunta.v1");
constexpr auto ticket_prefix = std::string_view("ticket.");

base::Result<http::Response> issue_ticket(Context& context, Caller const& caller, http::Request const& request,
                                          http::Params const&) {
    TRY_VOID(expect_no_query(request));
    auto ticket =
        context.events.tickets().issue({caller.business, caller.session}, context.random, context.system_clock.now());
    return http::json(201, boost::json::object{{"ticket", std::move(ticket)}, {"expires_in", ticket_time.count()}});
}

base::Result<http::Response> only_as_socket(Context&, http::Request const& request, http::Params const&) {
    TRY_VOID(expect_no_query(request));
    return http::problem(426, "upgrade_required", "This is a WebSocket with the sub-protocol apunta.v1.");
}

/// `apunta.v1, ticket.…`, in any order.
std::vector<std::string_view> offered(std::string_view header) {
    auto names = std::vector<std::string_view>();
    while (!header.empty()) {
        auto const comma = std::min(header.find(','), header.size());
        auto name = header.substr(0, comma);
        name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
        name.remove_suffix(name.size() - std::min(name.find_last_not_of(" \t") + 1, name.size()));
        names.push_back(name);
        header.remove_prefix(std::min(comma + 1, header.size()));
    }
    return names;
}

std::string_view ticket_in(std::vector<std::string_view> const& names) {
    auto const is_ticket = [](std::string_view name) { return name.starts_with(ticket_prefix); };
    auto const found = std::ranges::find_if(names, is_ticket);
    return found == names.end() ? std::string_view() : found->substr(ticket_prefix.size());
}

base::Result<http::WebSocketAccept> accept(Context& context, http::Request const& request) {
    if (request.path != events_path) {
        return base::fail(base::Fault::not_found, "not_found", "There is no such WebSocket.");
    }
    TRY_VOID(expect_no_query(request));
    TRY_VOID(same_origin(context, request));
    auto const names = offered(request.headers["sec-websocket-protocol"]);
    if (std::ranges::find(names, protocol) == names.end()) {
        return base::fail_field("Sec-WebSocket-Protocol", "required", "must offer apunta.v1 and ticket.<ticket>");
    }
    auto const visitor = context.events.tickets().redeem(ticket_in(names), context.system_clock.now());
    if (!visitor) {
        return base::fail(base::Fault::unauthorized, "ticket_invalid", "The ticket is unknown, used or too old.");
    }
    auto accepted = context.events.follow(*visitor, {context.business_clock, context.system_clock});
    accepted.subprotocol = protocol;
    return accepted;
}

} // namespace

void add_event_routes(http::Router& router, Context& context) {
    router.add("POST", "/api/v1/events/ticket", route(context, issue_ticket));
    router.add("GET", events_path, open_route(context, only_as_socket));
}

http::Upgrade make_upgrade(Context& context) {
    return [&context](http::Request const& request) { return accept(context, request); };
}

} // namespace api
