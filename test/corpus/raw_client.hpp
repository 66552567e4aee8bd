// For tests: a client of plain blocking sockets that can send what no decent client would.
#pragma once

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace corpus {

struct RawAnswer {
    int status = 0; ///< 0 when the connection ended without an answer
    std::string head;
    std::string body;
};

class RawClient {
public:
    /// `from`: which of the addresses of loopback it comes from.
    explicit RawClient(std::uint16_t port, char const* from = "127.0.0.1")
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        auto address = sockaddr_in();
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::inet_addr(from);
        if (::bind(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
            throw std::runtime_error("bind failed");
        }
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
            throw std::runtime_error("connect failed");
        }
    }
    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;
    ~RawClient() { ::close(socket_); }

    /// False when the server does not take it any more.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    int descriptor() const { return socket_; }
    void end() { ::shutdown(socket_, SHUT_WR); }

    /// The next answer; `silent` for one without a body whatever its length says (HEAD).
    RawAnswer receive(bool silent = false) {
        auto end = in_.find("\r\n\r\n");
        while (end == in_.npos) {
            if (!fill()) return {};
            end = in_.find("\r\n\r\n");
        }
        auto answer = RawAnswer{std::stoi(in_.substr(9, 3)), in_.substr(0, end + 4), {}};
        in_.erase(0, end + 4);
        answer.body = bytes(silent ? 0 : length_of(answer.head)).value_or("");
        return answer;
    }
    /// Exactly `count` bytes; nullopt when the connection ends before.
    std::optional<std::string> bytes(std::size_t count) {
        while (in_.size() < count) {
            if (!fill()) return std::nullopt;
        }
        auto part = in_.substr(0, count);
        in_.erase(0, count);
        return part;
    }
    /// True once the server has closed, and nothing more came before that.
    bool closed() { return in_.empty() && !fill(); }

private:
    /// False at the end, and after 10 s of silence, which no test means.
    bool fill() {
        if (!is_readable()) throw std::runtime_error("the server says nothing");
        char chunk[4096];
        auto const count = ::recv(socket_, chunk, sizeof chunk, 0);
        if (count <= 0) return false;
        in_.append(chunk, static_cast<std::size_t>(count));
        return true;
    }
    /// In slices: a machine that stands still for a while wakes up in one of them, and the others are still to come.
    bool is_readable() const {
        auto wait = pollfd{socket_, POLLIN, 0};
        for (auto slice = 0; slice < 100; ++slice) {
            if (::poll(&wait, 1, 100) == 1) return true; // -1 when a signal came, such as a fuzzer's alarm
        }
        return false;
    }
    static std::size_t length_of(std::string const& head) {
        auto const at = head.find("Content-Length: ");
        return at == head.npos ? 0 : std::stoul(head.substr(at + 16));
    }

    int socket_;
    std::string in_;
};

} // namespace corpus
