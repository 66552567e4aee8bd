#include "accounts/tokens.hpp"

#include <jwt.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace accounts {
namespace {

constexpr auto token_type = "access";
constexpr auto shortest_key = std::size_t{32};

struct FreeJwt {
    void operator()(jwt_t* token) const { jwt_free(token); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

unsigned char const* bytes(std::string const& text) { return reinterpret_cast<unsigned char const*>(text.data()); }

std::int64_t seconds(base::Instant at) { return base::to_millis(at) / 1000; }

tl::unexpected<base::Error> invalid_token() {
    return base::fail(base::Fault::unauthorized, "token_invalid", "the access token is not valid");
}

/// libjwt answers null for a missing claim and for one that is not text.
std::string grant(jwt_t* token, char const* name) {
    auto const* value = jwt_get_grant(token, name);
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace

Tokens::Tokens(std::string key) : key_(std::move(key)) {
    if (key_.size() < shortest_key) throw std::logic_error("the key of access tokens is too short");
}

std::string Tokens::issue(Claims const& claims) const {
    jwt_t* raw = nullptr;
    if (jwt_new(&raw) != 0) throw std::bad_alloc();
    auto token = Jwt(raw);
    jwt_add_grant(raw, "sub", claims.account.text().c_str());
    jwt_add_grant(raw, "bid", claims.business.text().c_str());
    jwt_add_grant(raw, "sid", claims.session.text().c_str());
    jwt_add_grant(raw, "role", claims.role.c_str());
    jwt_add_grant(raw, "typ", token_type);
    jwt_add_grant_int(raw, "exp", static_cast<long>(seconds(claims.expires_at)));
    jwt_set_alg(raw, JWT_ALG_HS256, bytes(key_), static_cast<int>(key_.size()));
    auto text = std::unique_ptr<char, decltype(&std::free)>(jwt_encode_str(raw), &std::free);
    if (!text) throw std::runtime_error("an access token could not be signed");
    return text.get();
}

/// libjwt 1.10 accepts HS512 under the same key, reads a missing or textual `exp` as 0, and treats an absent one as
/// fine: so the algorithm is pinned and the expiry demanded here.
base::Result<Claims> Tokens::check(std::string_view text, base::Instant now) const {
    jwt_t* raw = nullptr;
    if (jwt_decode(&raw, std::string(text).c_str(), bytes(key_), static_cast<int>(key_.size())) != 0) {
        return invalid_token();
    }
    auto token = Jwt(raw);
    if (jwt_get_alg(raw) != JWT_ALG_HS256 || grant(raw, "typ") != token_type) return invalid_token();
    auto expires = static_cast<std::int64_t>(jwt_get_grant_int(raw, "exp"));
    if (expires <= 0) return invalid_token();
    if (expires <= seconds(now)) {
        return base::fail(base::Fault::unauthorized, "token_expired", "the access token has expired");
    }
    auto account = base::AccountId::parse(grant(raw, "sub"));
    auto business = base::BusinessId::parse(grant(raw, "bid"));
    auto session = base::SessionId::parse(grant(raw, "sid"));
    if (!account || !business || !session) return invalid_token();
    return Claims{*account, *business, *session, grant(raw, "role"), base::from_millis(expires * 1000)};
}

} // namespace accounts
