#include "store/database.hpp"

#include "store/postgres.hpp"
#include "store/sqlite.hpp"

namespace store {

base::Result<std::unique_ptr<Database>> Database::open(OpenOptions const& options, base::Clock const& system_clock) {
    return options.postgres.empty() ? open_sqlite(options, system_clock) : open_postgres(options, system_clock);
}

} // namespace store
