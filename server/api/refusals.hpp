// Refusals that many routes share, so that they are the same everywhere.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>

#include "api/http/message.hpp"
#include "api/http/reader.hpp"
#include "base/result.hpp"

namespace api {

/// The same words for what is unknown, gone, or another tenant's.
base::Error no_such_thing();
base::Result<http::Response> not_found();
/// 409 `version_conflict` with the resource as it is now.
http::Response version_conflict(boost::json::object const& current);
/// 409 `already_exists` that names the field.
base::Result<http::Response> already_exists(std::string_view field, std::string message);
/// The version that a change is based on: a required member.
std::int64_t read_version(http::Reader& in);
/// Actions may go without.
std::optional<std::int64_t> read_optional_version(http::Reader& in);
/// The body of an action, all of whose members are optional: no body at all is an empty object.
base::Result<boost::json::object> optional_object(http::Request const& request);
/// For routes that take no query: any parameter is `unknown`.
base::Result<void> expect_no_query(http::Request const& request);

} // namespace api
