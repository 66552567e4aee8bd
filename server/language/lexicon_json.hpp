#pragma once

#include <string_view>

namespace language {

std::string_view lexicon_json();

} // namespace language
