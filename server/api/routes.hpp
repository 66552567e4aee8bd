// The table of all routes: one file per resource adds its own.
#pragma once

#include "api/context.hpp"
#include "api/http/router.hpp"
#include "api/http/server.hpp"

namespace api {

/// All routes of /api/v1, and health outside it.
http::Router make_router(Context& context);
/// The router behind what concerns every request.
http::Handler make_handler(Context& context);
/// WebSockets: GET /api/v1/events.
http::Upgrade make_upgrade(Context& context);
/// For http::Options::at_once: whether this process lives has to be said even while all workers are busy.
bool is_answered_at_once(http::Request const& request);

void add_auth_routes(http::Router& router, Context& context);
void add_availability_routes(http::Router& router, Context& context);
void add_block_routes(http::Router& router, Context& context);
void add_booking_routes(http::Router& router, Context& context);
void add_business_routes(http::Router& router, Context& context);
void add_conversation_routes(http::Router& router, Context& context);
void add_customer_routes(http::Router& router, Context& context);
void add_event_routes(http::Router& router, Context& context);
void add_exception_routes(http::Router& router, Context& context);
void add_hours_routes(http::Router& router, Context& context);
void add_password_routes(http::Router& router, Context& context);
void add_sandbox_routes(http::Router& router, Context& context);
void add_service_routes(http::Router& router, Context& context);
void add_simulator_routes(http::Router& router, Context& context);
void add_staff_routes(http::Router& router, Context& context);
void add_system_routes(http::Router& router, Context& context);
void add_template_routes(http::Router& router, Context& context);

} // namespace api
