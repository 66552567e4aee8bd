// Named places where a kill test may end the process as a power cut would.
#pragma once

namespace base {

/// Does nothing, unless the program was built with APUNTA_CRASH_POINTS (crash_point.cpp alone is compiled differently
/// then): with APUNTA_CRASH_AT=<name>[:<n>] in the environment the n-th pass (default 1) ends the process with SIGKILL.
void crash_point(char const* name);

} // namespace base
