// Reads the head of a request from its raw bytes, once, with one meaning. Most HTTP libraries accept heads that a proxy
// in front may read differently (two lengths, a folded line, a coding they ignore): that is how requests are smuggled.
// Here such a head is refused, and the connection closed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "api/http/server.hpp"

namespace api::http {

struct Refusal {
    int status = 400;
    std::string code = "malformed";
    std::string detail;
    std::vector<std::pair<std::string, std::string>> headers = {};
};

enum class Framing { none, length, chunked };

struct Head {
    Request request; ///< all but body, remote_address and stopping
    Framing framing = Framing::none;
    std::size_t length = 0; ///< of the body, for Framing::length; within Limits::body_bytes
    bool keep_alive = true;
    bool expects_continue = false;
    bool upgrades = false; ///< asks for a WebSocket, and well-formed
};

/// Where the head at the start of `bytes` ends: 0 while there is more to come. `searched` bytes were looked at before.
/// Refused early: a first byte no method begins with, a line feed or carriage return on its own, more than the
/// limits allow.
tl::expected<std::size_t, Refusal> find_head_end(std::string_view bytes, std::size_t searched, Limits const& limits);

/// `bytes` ends with the empty line.
tl::expected<Head, Refusal> parse_head(std::string_view bytes, Limits const& limits);

} // namespace api::http
