// texts.json, compiled in.
#pragma once

#include <string_view>

namespace wording {

std::string_view texts_json();

} // namespace wording
