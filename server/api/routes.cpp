#include "api/routes.hpp"

#include <memory>

#include "base/log.hpp"

namespace api {
namespace {

/// Answers are data: whatever a browser takes one for, it must not run or frame anything (the seam adds nosniff,
/// no-store and no-referrer). There are no CORS headers, so pages of other origins cannot read them at all.
void harden(http::Response& response) {
    response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

} // namespace

http::Router make_router(Context& context) {
    auto router = http::Router();
    add_auth_routes(router, context);
    add_availability_routes(router, context);
    add_block_routes(router, context);
    add_booking_routes(router, context);
    add_business_routes(router, context);
    add_conversation_routes(router, context);
    add_event_routes(router, context);
    add_exception_routes(router, context);
    add_hours_routes(router, context);
    add_service_routes(router, context);
    add_simulator_routes(router, context);
    add_staff_routes(router, context);
    add_system_routes(router, context);
    return router;
}

http::Handler make_handler(Context& context) {
    auto router = std::make_shared<http::Router const>(make_router(context));
    return [router](http::Request const& request) {
        auto response = (*router)(request);
        harden(response);
        base::log::debug("http.request",
                         {{"method", request.method}, {"path", request.path}, {"status", response.status}});
        return response;
    };
}

} // namespace api
