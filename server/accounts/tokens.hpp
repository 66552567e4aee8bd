// Access tokens: JWT, HS256 and nothing else, 15 minutes, checked without the database except for revoked sessions.
#pragma once

#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace accounts {

inline constexpr auto access_token_time = std::chrono::minutes(15);

struct Claims {
    base::AccountId account;   ///< sub
    base::BusinessId business; ///< bid
    base::SessionId session;   ///< sid
    std::string role;
    base::Instant expires_at; ///< exp
};

class Tokens {
public:
    /// `key`: at least 32 bytes, derived from the master key. An empty key would let libjwt accept unsigned tokens: a
    /// shorter one is a bug (std::logic_error).
    explicit Tokens(std::string key);
    std::string issue(Claims const& claims) const;
    /// unauthorized `token_invalid`, `token_expired`.
    base::Result<Claims> check(std::string_view token, base::Instant now) const;

private:
    std::string key_;
};

} // namespace accounts
