// Where a page of a list in some order ends.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace store {

/// What a row is ordered by: a number or a text, as the order has it.
using Rank = std::variant<std::int64_t, std::string>;

/// The rank and id of a page's last row.
struct Place {
    Rank rank;
    std::string id;
};

} // namespace store
