// Facts about the whole database, one text per key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace store {

std::optional<std::string> meta(Tx& tx, std::string_view key);
void set_meta(Tx& tx, std::string_view key, std::string_view value);
void remove_meta(Tx& tx, std::string_view key);

} // namespace store
