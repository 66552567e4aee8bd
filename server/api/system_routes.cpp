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

base::Result<http::Response> contract(Context&, http::Request const& request, http::Params const&) {
    TRY_VOID(expect_no_query(request));
    return http::Response::text(200, "application/json", std::string(openapi_json()));
}

} // namespace

void add_system_routes(http::Router& router, Context& context) {
    router.add("GET", "/healthz", open_route(context, health));
    router.add("GET", "/readyz", open_route(context, readiness));
    router.add("GET", "/api/v1/openapi.json", open_route(context, contract));
}

} // namespace api
