// JSON at the door: read strictly, written plainly.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api::http {

/// Beyond RFC 8259 refuses what programs read differently: the same key twice in an object, numbers that become
/// infinite, NUL in strings, more than 32 levels, a byte order mark. invalid `malformed_json`, with what and where.
base::Result<boost::json::value> parse_json(std::string_view text);
/// The body of a request that takes a JSON object: `unsupported_media_type` unless it says application/json.
base::Result<boost::json::object> json_object(Request const& request);
/// An answer in JSON.
Response json(int status, boost::json::value const& value);

} // namespace api::http
