// One running server: the program itself on a free port of loopback.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "system/place.hpp"
#include "system/process.hpp"

namespace system_test {

struct Launch {
    std::vector<std::string> options = {"--demo", "--breath", "0"};
    Environment environment = {};
    bool on_second_node = false;
};

/// `apunta` with these words, on this place's data.
Finished apunta(Place const& place, std::vector<std::string> words, Environment const& environment = {},
                std::string const& input = "");

/// The server ended, or said nothing for a minute; with its own words.
struct NotUp : std::runtime_error {
    NotUp(std::optional<int> ended_with, std::string const& words) : std::runtime_error(words), code(ended_with) {}
    std::optional<int> code;
};

class Server {
public:
    /// Ready when constructed. Throws NotUp.
    explicit Server(Place const& place, Launch const& launch = {});

    std::string const& url() const { return url_; }
    Process& process() { return *process_; }
    /// SIGTERM; the exit code, or nothing when it does not end within `patience`.
    std::optional<int> stop(milliseconds patience = std::chrono::seconds(30));
    /// kill -9.
    void kill();

private:
    std::unique_ptr<Process> process_;
    std::string url_;
};

} // namespace system_test
