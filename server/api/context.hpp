// What the routes work with, and who is calling.
#pragma once

#include <functional>
#include <string>

#include "accounts/accounts.hpp"
#include "accounts/password_resets.hpp"
#include "api/http/router.hpp"
#include "api/rate_limits.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/metrics.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "outbox/outbox.hpp"
#include "store/database.hpp"

namespace booking {
class CalendarMemory;
}
namespace conversation {
class Lanes;
}
namespace outbox {
class Sender;
}
namespace whatsapp {
class Simulator;
}

namespace api {

class Events;

struct Settings {
    bool demo = false;          ///< every new business gets a simulator
    bool movable_clock = false; ///< started with --now or --demo
    bool secure_cookies = true;
    std::string public_origin; ///< of PUBLIC_URL, as browsers write it: "https://apunta.example"; empty without
};

/// Lives as long as the server.
struct Context {
    store::Database& database;
    base::Clock const& business_clock;
    base::Clock const& system_clock;
    base::Random& random;
    accounts::Accounts& accounts;
    booking::CalendarMemory& calendars;
    conversation::Lanes& lanes;
    outbox::Sender& sender;
    whatsapp::Simulator& simulator;
    Events& events;
    RateLimits& limits;
    /// Null on a server that sends no mail.
    accounts::PasswordResets* password_resets;
    /// A mail was enqueued.
    std::function<void()> wake_mail;
    Settings settings;
    /// Moves business time forward, firing every timer at its own due time; answers the time then.
    std::function<base::Instant(base::Instant)> advance_clock;
    /// ready = database and migrations.
    std::function<base::Result<void>()> ready;
    /// Where this house counts what it does.
    base::Metrics metrics = {};
    base::Counters logins =
        metrics.counters("apunta_logins_total", "Log-ins, by `ok` or the code of their refusal.", {"outcome"});
    /// What Prometheus reads.
    std::function<std::string()> metrics_text = {};

    base::Instant now() const { return business_clock.now(); }
    outbox::Now both_clocks() const { return {business_clock.now(), system_clock.now()}; }
};

/// From the access token of the request.
struct Caller {
    base::AccountId account;
    base::BusinessId business;
    base::SessionId session;
    std::string role;
};

using PublicRoute = base::Result<http::Response> (*)(Context&, http::Request const&, http::Params const&);
using Route = base::Result<http::Response> (*)(Context&, Caller const&, http::Request const&, http::Params const&);

/// For everybody.
http::RouteHandler open_route(Context& context, PublicRoute route);
/// Only with a valid access token whose session is not revoked: 401 `unauthorized` otherwise; and not more often than
/// a session may: 429 `rate_limited`.
http::RouteHandler route(Context& context, Route route);
/// The effect of a route that creates, in one transaction with the memory of its answer: with `Idempotency-Key`, the
/// same key and body get the first answer again, another body 422 `idempotency_mismatch`. Refusals are not remembered.
base::Result<http::Response> create(Context& context, Caller const& caller, http::Request const& request,
                                    std::function<base::Result<http::Response>(store::Tx&)> const& effect);

} // namespace api
