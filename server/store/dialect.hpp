// One SQL text for two engines.
#pragma once

#include <string>
#include <string_view>

#include "store/database.hpp"

namespace store {

/// A migration's text for one engine: comments and the other engine's parts removed. For PostgreSQL, INTEGER becomes
/// BIGINT, STRICT falls away, and TEXT compares byte by byte (COLLATE "C") as it does in SQLite: both engines sort
/// alike, and an update of the operating system's locales cannot damage an index.
std::string for_engine(std::string_view migration, Engine engine);

/// ?1, ?2 … as PostgreSQL writes them: $1, $2 …. What stands in quotes or comments stays as it is.
std::string numbered_for_postgres(std::string_view sql);

} // namespace store
