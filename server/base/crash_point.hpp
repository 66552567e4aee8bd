// Named places where a kill test may end the process as a power cut would. Compiled to nothing in a normal build.
#pragma once

namespace base {

#ifdef APUNTA_CRASH_POINTS
/// With APUNTA_CRASH_AT=<name>[:<n>] in the environment the n-th pass (default 1) ends the process with SIGKILL.
void crash_point(char const* name);
#else
inline void crash_point(char const*) {}
#endif

}  // namespace base
