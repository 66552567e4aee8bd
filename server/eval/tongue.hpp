// In which language a text is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eval {

/// es, en, ca or pt, by its small words; nullopt when it has too few of them. `names` (of services, people, the
/// business) belong to no language.
std::optional<std::string> language_of(std::string_view text, std::vector<std::string> const& names);

} // namespace eval
