// Enumerators and their stable names on the wire and in the database, as one list in the order of the enumerators.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace business {

template <std::size_t count>
using EnumNames = std::array<std::string_view, count>;

template <class Enum, std::size_t count>
constexpr std::string_view name_of(EnumNames<count> const& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

/// nullopt when `text` is none of the names; they are compared exactly.
template <class Enum, std::size_t count>
constexpr std::optional<Enum> named(EnumNames<count> const& names, std::string_view text) {
    auto const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

} // namespace business
