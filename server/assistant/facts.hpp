// What the owner has written about the business, found by what customers call it.
#pragma once

#include <string_view>
#include <vector>

#include "business/profile.hpp"

namespace assistant {

/// The facts, by their place, whose topic the folded text names: by its own word ("aparcar" for "aparcamiento") or by
/// another for the same thing ("parking").
std::vector<std::size_t> facts_named(std::string_view folded, std::vector<business::Fact> const& facts);

} // namespace assistant
