#include "api/routes.hpp"

#include <memory>

#include "api/http/problem.hpp"
#include "api/request_report.hpp"

namespace api {
http::Router make_router(Context& context) {
    auto router = http::Router();
    add_auth_routes(router, context);
    add_availability_routes(router, context);
    add_block_routes(router, context);
    add_booking_routes(router, context);
    add_business_routes(router, context);
    add_conversation_routes(router, context);
    add_customer_routes(router, context);
    add_event_routes(router, context);
    add_exception_routes(router, context);
    add_hours_routes(router, context);
    add_password_routes(router, context);
    add_sandbox_routes(router, context);
    add_service_routes(router, context);
    add_simulator_routes(router, context);
    add_staff_routes(router, context);
    add_system_routes(router, context);
    add_template_routes(router, context);
    return router;
}

bool is_answered_at_once(http::Request const& request) { return request.path == "/healthz"; }

http::Handler make_handler(Context& context) {
    auto router = std::make_shared<http::Router const>(make_router(context));
    auto report = std::make_shared<RequestReport const>(context.metrics, router->routes());
    return [router, report](http::Request const& request) {
        auto const started = std::chrono::steady_clock::now();
        auto routed = router->answer(request);
        (*report)(request, routed, std::chrono::steady_clock::now() - started);
        if (routed.response.status >= 500) http::add_request_id(routed.response, request.id);
        return std::move(routed.response);
    };
}

} // namespace api
