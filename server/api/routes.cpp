#include "api/routes.hpp"

#include <memory>

#include "base/log.hpp"

namespace api {
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
    add_password_routes(router, context);
    add_service_routes(router, context);
    add_simulator_routes(router, context);
    add_staff_routes(router, context);
    add_system_routes(router, context);
    return router;
}

bool is_answered_at_once(http::Request const& request) { return request.path == "/healthz"; }

http::Handler make_handler(Context& context) {
    auto router = std::make_shared<http::Router const>(make_router(context));
    return [router](http::Request const& request) {
        auto response = (*router)(request);
        base::log::debug(
            "http.request",
            {{"method", request.method}, {"route", router->pattern_of(request)}, {"status", response.status}});
        return response;
    };
}

} // namespace api
