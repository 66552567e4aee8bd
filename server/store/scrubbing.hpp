// What is erased has to leave the files too, and does so even when the process dies in between.
#pragma once

#include <string_view>

#include "store/database.hpp"

namespace store {

/// In the transaction that erases. `call` is different each time.
void call_for_scrubbing(Tx& tx, std::string_view call);
/// Database::scrub(), if somebody called for it since it was last done. Called after an erasure and, for what failed
/// then, from time to time.
base::Result<void> scrub_when_called(Database& database);

} // namespace store
