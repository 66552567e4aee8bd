// One running server: the program itself on a free port of loopback.
#pragma once

#include <memory>
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

class Server {
public:
    /// Ready when constructed. Throws with the program's own words when it does not come up.
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
