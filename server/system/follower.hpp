// One who follows a business's events: a WebSocket of a few lines, on a raw socket.
#pragma once

#include <optional>
#include <string>

#include "system/process.hpp"

namespace system_test {

class Follower {
public:
    /// Asks for the WebSocket with a ticket. Throws when there is no connection.
    Follower(std::string const& url, std::string const& ticket);
    ~Follower();
    Follower(Follower const&) = delete;
    Follower& operator=(Follower const&) = delete;

    /// The status of the answer: 101 when it was accepted.
    int status() const { return status_; }
    void say(std::string const& text);
    /// The next text or, at the end of the connection or of the patience, nothing.
    std::optional<std::string> hear(milliseconds patience);
    /// The code with which it was closed, 0 when the connection just ended; nothing while it is open.
    std::optional<int> closed() const { return closed_; }

private:
    bool read_more(std::chrono::steady_clock::time_point deadline);
    std::optional<std::string> next_text();

    int socket_ = -1;
    int status_ = 0;
    std::string received_;
    std::optional<int> closed_;
};

} // namespace system_test
