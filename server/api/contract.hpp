// contract/openapi.json, compiled in.
#pragma once

#include <string_view>

namespace api {

std::string_view openapi_json();

} // namespace api
