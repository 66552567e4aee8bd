// For tests: a client over loopback that holds every answer against the contract. Each breach fails the test.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "api/contract_check.hpp"

namespace api {

Contract const& contract();

class TestClient {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    /// `url` as House::url() gives it.
    explicit TestClient(std::string const& url);

    /// Sent as Bearer from then on; empty: no more.
    void use_token(std::string token) { token_ = std::move(token); }
    std::string const& token() const { return token_; }
    /// A refresh cookie set by an answer is kept and sent, as a browser would.
    std::string const& cookie() const { return cookie_; }
    void use_cookie(std::string cookie) { cookie_ = std::move(cookie); }

    Answer get(std::string const& target) { return send("GET", target); }
    Answer remove(std::string const& target) { return send("DELETE", target); }
    Answer post(std::string const& target, boost::json::value const& body, Headers const& headers = {});
    Answer post(std::string const& target) { return send("POST", target); }
    Answer put(std::string const& target, boost::json::value const& body);
    Answer patch(std::string const& target, boost::json::value const& body);
    /// Anything else; each request has a connection of its own.
    Answer send(std::string const& method, std::string const& target, std::string const& body = {},
                Headers const& headers = {});

    /// Signs up, uses the token from then on, and answers the sign-up's answer.
    Answer sign_up(std::string const& email, boost::json::object more = {});

private:
    void keep_cookie(Answer const& answer);

    std::uint16_t port_;
    std::string token_;
    std::string cookie_;
};

/// For a query parameter: everything but letters, digits, `-._~` as %XX.
std::string escape(std::string_view text);

} // namespace api
