// The head of an answer, as bytes.
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.hpp"

namespace api::http {

struct RenderOptions {
    bool keep_alive = false;
    bool api = false; ///< answers under /api are not stored by anybody unless they say so themselves
};

/// False for a header that would break out of its line, or that frames the message and so is ours to write.
bool is_sendable(Response const& response);
/// For a sendable response.
std::string render_head(Response const& response, RenderOptions options);
/// 204 and 304 never have a body.
bool has_body(Response const& response);

} // namespace api::http
