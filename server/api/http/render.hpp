// The head of an answer, as bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/message.hpp"

namespace api::http {

struct RenderOptions {
    bool keep_alive = false;
    bool https = false; ///< tells browsers to use nothing else (HSTS)
};

/// What every answer carries, the edge's own refusals too. An answer may set one of them itself instead: a page of the
/// dashboard needs another Content-Security-Policy, and may be cached.
std::vector<std::pair<std::string_view, std::string_view>> const& house_headers();

/// False for a header that would break out of its line, or that frames the message and so is ours to write.
bool is_sendable(Response const& response);
/// For a sendable response.
std::string render_head(Response const& response, RenderOptions options);
/// 204 and 304 never have a body.
bool has_body(Response const& response);

} // namespace api::http
