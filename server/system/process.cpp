#include "system/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace system_test {
namespace {

using std::chrono::steady_clock;

constexpr auto longest_run = std::chrono::minutes(1);

[[noreturn]] void fail(std::string const& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

int memory_file(std::string const& text) {
    auto const file = ::memfd_create("apunta-test", MFD_CLOEXEC);
    if (file < 0) fail("memfd_create");
    if (::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) fail("write");
    ::lseek(file, 0, SEEK_SET);
    return file;
}

std::vector<std::string> merged(Environment const& changes) {
    auto variables = std::vector<std::string>();
    for (auto** variable = environ; *variable != nullptr; ++variable) {
        auto const text = std::string(*variable);
        if (!changes.contains(text.substr(0, text.find('=')))) variables.push_back(text);
    }
    for (auto const& [name, value] : changes) {
        if (!value.empty()) variables.push_back(std::string(name).append("=").append(value));
    }
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    auto all = std::vector<char*>();
    for (auto& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

int milliseconds_until(steady_clock::time_point deadline) {
    auto const left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(0, left));
}

} // namespace

Process::Process(std::vector<std::string> const& words, Environment const& environment, std::string const& input) {
    auto texts = words;
    auto variables = merged(environment);
    auto const arguments = pointers(texts);
    auto const values = pointers(variables);
    auto ends = std::array<int, 2>();
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
    auto const input_file = memory_file(input);
    errors_file_ = memory_file("");
    auto const parent = ::getpid();
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) {
        // Only calls that are safe after fork(). A test that is itself killed leaves nobody behind.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(126);
        ::dup2(input_file, STDIN_FILENO);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(errors_file_, STDERR_FILENO);
        ::execvpe(arguments.front(), arguments.data(), values.data());
        ::_exit(127);
    }
    ::close(input_file);
    ::close(ends[1]);
    output_end_ = ends[0];
    // The header of glibc 2.36 forgets that C++ mangles names, so no pidfd_open().
    watch_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (watch_ < 0) fail("pidfd_open");
}

Process::~Process() {
    if (!code_) {
        ::kill(pid_, SIGKILL);
        reap();
    }
    ::close(watch_);
    ::close(output_end_);
    ::close(errors_file_);
}

void Process::send(int signal) const {
    if (!code_) ::kill(pid_, signal);
}

std::optional<std::string> Process::await_line(std::string_view prefix, milliseconds patience) {
    auto const deadline = steady_clock::now() + patience;
    auto start = std::size_t{0};
    while (true) {
        auto const end = output_.find('\n', start);
        if (end == output_.npos) {
            if (!read_more(deadline)) return std::nullopt;
            continue;
        }
        auto const line = std::string_view(output_).substr(start, end - start);
        if (line.starts_with(prefix)) return std::string(line.substr(prefix.size()));
        start = end + 1;
    }
}

std::optional<int> Process::await_end(milliseconds patience) {
    auto const deadline = steady_clock::now() + patience;
    while (read_more(deadline)) {
    }
    auto watch = pollfd{watch_, POLLIN, 0};
    if (!code_ && ::poll(&watch, 1, milliseconds_until(deadline)) == 1) reap();
    return code_;
}

/// False at the end of its output, or of the time.
bool Process::read_more(Moment deadline) {
    auto ready = pollfd{output_end_, POLLIN, 0};
    if (::poll(&ready, 1, milliseconds_until(deadline)) != 1) return false;
    auto buffer = std::array<char, 4096>();
    auto const length = ::read(output_end_, buffer.data(), buffer.size());
    if (length <= 0) return false;
    output_.append(buffer.data(), static_cast<std::size_t>(length));
    return true;
}

void Process::reap() {
    auto status = 0;
    if (::waitpid(pid_, &status, 0) != pid_) fail("waitpid");
    dumped_core_ = WIFSIGNALED(status) && WCOREDUMP(status);
    code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::string Process::errors() const {
    auto text = std::string();
    auto buffer = std::array<char, 4096>();
    for (auto length = ssize_t{1}; length > 0;) {
        length = ::pread(errors_file_, buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
        if (length > 0) text.append(buffer.data(), static_cast<std::size_t>(length));
    }
    return text;
}

Finished run(std::vector<std::string> const& words, Environment const& environment, std::string const& input) {
    auto process = Process(words, environment, input);
    auto const code = process.await_end(longest_run);
    if (!code) throw std::runtime_error(words.front() + " did not end within a minute");
    return {*code, process.output(), process.errors()};
}

std::string setting(char const* name) {
    auto const* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string binary() {
    auto path = setting("APUNTA_BINARY");
    if (path.empty()) throw std::runtime_error("set APUNTA_BINARY to the program built with the preset `kill`");
    return path;
}

bool is_full() { return setting("APUNTA_FULL") == "1"; }

} // namespace system_test
