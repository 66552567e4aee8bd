// Programs started by a test. Each ends with the object that started it, whatever happens to the test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace system_test {

using std::chrono::milliseconds;

/// Variables that differ from the test's own; an empty value takes one away.
using Environment = std::map<std::string, std::string>;

class Process {
public:
    /// `words` begins with the program, looked up in PATH. `input` is all of its standard input. Throws
    /// std::runtime_error when nothing can be started.
    Process(std::vector<std::string> const& words, Environment const& environment, std::string const& input);
    /// kill -9, when it still runs.
    ~Process();
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;

    pid_t pid() const { return pid_; }
    void send(int signal) const;
    /// The rest of the first line of its standard output that begins with `prefix`; nothing when it ends without one.
    std::optional<std::string> await_line(std::string_view prefix, milliseconds patience);
    /// Its exit code, or 128 + the signal that ended it; nothing while it still runs.
    std::optional<int> await_end(milliseconds patience);
    /// True when it ended and the kernel wrote a dump of its memory, or handed one on.
    bool dumped_core() const { return dumped_core_; }
    std::string const& output() const { return output_; }
    std::string errors() const;

private:
    using Moment = std::chrono::steady_clock::time_point;
    bool read_more(Moment deadline);
    void reap();

    pid_t pid_ = -1;
    int watch_ = -1; ///< readable when the process has ended
    int output_end_ = -1;
    int errors_file_ = -1;
    std::string output_;
    std::optional<int> code_;
    bool dumped_core_ = false;
};

struct Finished {
    int code;
    std::string output;
    std::string errors;
};

/// Runs a program to its end. Throws when that takes longer than a minute.
Finished run(std::vector<std::string> const& words, Environment const& environment = {}, std::string const& input = "");

/// The program under test, from APUNTA_BINARY. Throws when it is not set.
std::string binary();
/// True with APUNTA_FULL=1.
bool is_full();
/// The value of a variable; empty when it is not set.
std::string setting(char const* name);

} // namespace system_test
