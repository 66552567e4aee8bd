#include "store/postgres_programs.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace store {
namespace {

struct Access {
    std::string address;  ///< without the password
    std::string password; ///< empty: none was named
};

std::string percent_decoded(std::string_view text) {
    auto decoded = std::string();
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            decoded += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

/// postgresql://user:password@host/name
Access split_password(std::string const& address) {
    auto const user = address.find("://") + 3;
    auto const at = address.find('@', user);
    auto const colon = address.find(':', user);
    if (at == std::string::npos || colon == std::string::npos || colon > at) return {address, ""};
    return {address.substr(0, colon) + address.substr(at),
            percent_decoded(std::string_view(address).substr(colon + 1, at - colon - 1))};
}

std::vector<std::string> environment_with(std::string const& password) {
    auto variables = std::vector<std::string>();
    for (auto* const* variable = environ; *variable != nullptr; ++variable)
        variables.emplace_back(*variable);
    if (!password.empty()) variables.push_back("PGPASSWORD=" + password);
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    auto result = std::vector<char*>();
    for (auto& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

std::string read_to_end(int descriptor) {
    auto text = std::string();
    auto buffer = std::array<char, 4096>();
    for (;;) {
        auto const length = ::read(descriptor, buffer.data(), buffer.size());
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return text;
        if (text.size() < buffer.size()) text.append(buffer.data(), static_cast<std::size_t>(length));
    }
}

int wait_for_end(pid_t process) {
    auto status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/// Standard error of the child goes into `errors`, which the child inherits under number 2 alone.
int spawn(pid_t& process, std::vector<std::string>& arguments, std::vector<std::string>& environment, int errors) {
    auto actions = posix_spawn_file_actions_t();
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    auto const failure = ::posix_spawnp(&process, arguments.front().c_str(), &actions, nullptr,
                                        pointers(arguments).data(), pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    return failure;
}

} // namespace

base::Result<void> run_postgres_program(std::string const& name, std::vector<std::string> arguments,
                                        std::string const& address) {
    auto const access = split_password(address);
    arguments.insert(arguments.begin(), name);
    arguments.insert(arguments.begin() + 1, "--dbname=" + access.address);
    auto environment = environment_with(access.password);
    auto pipe = std::array<int, 2>();
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        return base::fail(base::Fault::unavailable, "program_failed", name + ": " + std::strerror(errno));
    }
    auto process = pid_t{};
    auto const failure = spawn(process, arguments, environment, pipe[1]);
    ::close(pipe[1]);
    auto const errors = failure == 0 ? read_to_end(pipe[0]) : std::string();
    ::close(pipe[0]);
    if (failure != 0) {
        return base::fail(base::Fault::unavailable, "program_missing",
                          name + " cannot be run (" + std::strerror(failure) +
                              "): install the PostgreSQL client programs");
    }
    if (wait_for_end(process) == 0) return {};
    return base::fail(base::Fault::unavailable, "program_failed", name + ": " + errors.substr(0, errors.find('\n')));
}

} // namespace store
