// PostgreSQL's own programs, run as child processes without a shell. Inside this room only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace store {

/// Runs `name` (found by PATH) with `arguments` and the database's address; the password travels in the environment,
/// where other users of the machine cannot see it. unavailable `program_missing`, unavailable `program_failed` with
/// the first line it wrote to standard error.
base::Result<void> run_postgres_program(std::string const& name, std::vector<std::string> arguments,
                                        std::string const& address);

} // namespace store
