// Refusals as RFC 9457 problem+json: {type, title, status, detail, code, errors?: [{field, code, message}]}.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api::http {

/// The status follows the fault; codes about the message itself have their own: `malformed`, `malformed_json` 400,
/// `too_large` 413, `unsupported_media_type` 415. 401 carries WWW-Authenticate, 429 and 503 Retry-After.
/// A `broken` error is logged and its message kept from the client.
Response problem(base::Error const& error);
/// With members of its own beside the standard ones, such as `alternatives` or `current`.
Response problem(base::Error const& error, boost::json::object const& extra);
/// For the seam itself, where a fault is not fine enough: 408, 414, 431 …
Response problem(int status, std::string_view code, std::string_view detail);

/// Has a problem document repeat the id of its request, for whoever reports it; anything else stays as it is.
void add_request_id(Response& response, std::string_view id);

int status_of(base::Error const& error);

} // namespace api::http
