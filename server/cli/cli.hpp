// The command line: one verb each.
#pragma once

#include "base/result.hpp"

namespace cli {

/// Exit codes, after sysexits.h where it has one.
enum Exit : int {
    exit_ok = 0,
    exit_failed = 1,
    exit_usage = 64,
    exit_damaged = 65,        ///< database_damaged, not_a_backup, bad_scenarios
    exit_no_input = 66,       ///< a file to read is not there
    exit_unavailable = 69,    ///< port taken, database, server or model not reachable
    exit_no_system_file = 72, ///< tzdata missing
    exit_cannot_create = 73,  ///< folder not writable, backup file exists
    exit_running = 75,        ///< another server uses the data folder; the sentence names its pid
    exit_config = 78          ///< wrong master key, database newer than the program, unsafe exposure, a bad setting
};
int exit_code(base::Error const& error);

int run(int argc, char** argv);

} // namespace cli
