// Tickets for WebSockets: a browser cannot send an access token with one, and an address is written into logs.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace api {

inline constexpr auto ticket_time = std::chrono::seconds(30);

/// Who may follow what.
struct Visitor {
    base::BusinessId business;
    base::SessionId session;
};

/// Kept in memory, as hashes: a ticket is good once, for 30 seconds of system time, on the node that gave it.
/// Thread-safe.
class Tickets {
public:
    std::string issue(Visitor visitor, base::Random& random, base::Instant now);
    /// nullopt for an unknown, used or old one.
    std::optional<Visitor> redeem(std::string_view ticket, base::Instant now);

private:
    struct Issued {
        Visitor visitor;
        base::Instant expires_at;
    };
    void forget_old(base::Instant now);

    std::mutex mutex_;
    std::map<std::string, Issued, std::less<>> by_hash_;
    std::deque<std::pair<base::Instant, std::string>> in_order_; ///< of expiry
};

} // namespace api
