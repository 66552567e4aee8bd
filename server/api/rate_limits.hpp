// What is counted, and how much of it is too much. Each answer is empty, or the 429 to be sent: problem+json
// `rate_limited` with Retry-After, and RateLimit and RateLimit-Policy of draft-ietf-httpapi-ratelimit-headers-10.
//
// Limits per address do not hold for a program of this machine. No account is ever locked: what a stranger uses up is
// counted for the network he comes from. Each node counts for itself.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "api/client_address.hpp"
#include "api/http/message.hpp"
#include "api/rate_limiter.hpp"
#include "base/ids.hpp"

namespace api {

class RateLimits {
public:
    using Refusal = std::optional<http::Response>;
    struct Rules {
        std::int64_t api_requests_per_minute = 600; ///< per session; 0: any number
        Networks trusted_proxies = {};
    };

    RateLimits(base::Random& random, Rules rules);

    /// Any request of a session.
    Refusal request(base::SessionId const& session);
    /// A try at the password of an account, by its e-mail; passed() when it was right.
    Refusal password(Client const& client, std::string_view email);
    void passed(Client const& client, std::string_view email);
    Refusal sign_up(Client const& client, std::string_view email);
    /// A mail asked for.
    Refusal forgot(Client const& client, std::string_view email);

    Client client(http::Request const& request) const { return client_of(request, rules_.trusted_proxies); }

private:
    Rules rules_;
    RateLimiter requests_;
    RateLimiter passwords_per_account_;
    RateLimiter passwords_per_address_;
    RateLimiter sign_ups_per_email_;
    RateLimiter sign_ups_per_address_;
    RateLimiter mails_per_email_;
    RateLimiter mails_per_address_;
};

} // namespace api
