#include <boost/json/object.hpp>

#include "api/contract.hpp"
#include "api/http/json.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"

namespace api {
namespace {

base::Result<http::Response> health(Context&, http::Request const& request, http::Params const&) {
    TRY_VOID(expect_no_query(request));
    return http::json(200, boost::json::object{{"status", "ok"}});
}

base::Result<http::Response> readiness(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(expect_no_query(request));
    if (auto ready = context.ready(); !ready) {
        auto const why = boost::json::object{{"status", "unready"}, {"reason", ready.error().code}};
        return http::json(503, why).set("Retry-After", "5");
    }
    return http::json(200, boost::json::object{{"status", "ready"}});
}

/// Numbers about the whole house are for who runs it: only for a program on this machine that did not come through a
/// proxy. To everybody else the address does not exist.
bool is_operator(http::Request const& request) {
    auto const& peer = request.remote_address;
    auto const is_here = peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
    auto const& headers = request.headers;
    return is_here && !headers.has("x-forwarded-for") && !headers.has("forwarded") && !headers.has("x-real-ip") &&
           !headers.has("via");
}

base::Result<http::Response> metrics(Context& context, http::Request const& request, http::Params const&) {
    if (!is_operator(request) || !context.metrics_text) {
        return base::fail(base::Fault::not_found, "not_found", "There is nothing at this address.");
    }
    TRY_VOID(expect_no_query(request));
    return http::Response::text(200, "text/plain; version=0.0.4; charset=utf-8", context.metrics_text());
}

base::Result<http::Response> contract(Context&, http::Request const& request, http::Params const&) {
    TRY_VOID(expect_no_query(request));
    return http::Response::text(200, "application/json", std::string(openapi_json()));
}

} // namespace

void add_system_routes(http::Router& router, Context& context) {
    router.add("GET", "/healthz", open_route(context, health));
    router.add("GET", "/readyz", open_route(context, readiness));
    router.add("GET", "/metrics", open_route(context, metrics));
    router.add("GET", "/api/v1/openapi.json", open_route(context, contract));
}

} // namespace api
