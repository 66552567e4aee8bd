#include "system/follower.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace system_test {
namespace {

using std::chrono::steady_clock;

constexpr auto patience_for_an_answer = std::chrono::seconds(20);

int connected_to(std::string const& url) {
    auto address = sockaddr_in();
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket >= 0 && ::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
        return socket;
    }
    if (socket >= 0) ::close(socket);
    throw std::runtime_error("cannot connect to " + url);
}

std::uint8_t byte_at(std::string const& bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes.at(at)); }

} // namespace

Follower::Follower(std::string const& url, std::string const& ticket) : socket_(connected_to(url)) {
    auto const request = "GET /api/v1/events HTTP/1.1\r\nHost: " + url.substr(url.find("://") + 3) +
                         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: apunta.v1, ticket." +
                         ticket + "\r\n\r\n";
    ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
    auto const deadline = steady_clock::now() + patience_for_an_answer;
    while (received_.find("\r\n\r\n") == received_.npos && read_more(deadline)) {
    }
    if (received_.size() > 12) status_ = std::stoi(received_.substr(9, 3));
    received_.erase(0, received_.find("\r\n\r\n") + 4);
}

Follower::~Follower() { ::close(socket_); }

/// A client's frame is masked; a mask of zeros changes nothing.
void Follower::say(std::string const& text) {
    auto const frame = std::string("\x81") + static_cast<char>(0x80 | text.size()) + std::string(4, '\0') + text;
    ::send(socket_, frame.data(), frame.size(), MSG_NOSIGNAL);
}

std::optional<std::string> Follower::hear(milliseconds patience) {
    auto const deadline = steady_clock::now() + patience;
    for (;;) {
        if (auto text = next_text()) return text;
        if (closed_ || !read_more(deadline)) return std::nullopt;
    }
}

bool Follower::read_more(steady_clock::time_point deadline) {
    auto const left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    auto ready = pollfd{socket_, POLLIN, 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) != 1) return false;
    auto buffer = std::array<char, 4096>();
    auto const length = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (length > 0) {
        received_.append(buffer.data(), static_cast<std::size_t>(length));
        return true;
    }
    closed_ = closed_.value_or(0);
    return false;
}

std::optional<std::string> Follower::next_text() {
    while (received_.size() >= 2) {
        auto head = std::size_t{2};
        auto size = std::size_t{byte_at(received_, 1)} & 0x7f;
        if (size == 126) {
            if (received_.size() < 4) return std::nullopt;
            size = std::size_t{byte_at(received_, 2)} << 8U | byte_at(received_, 3);
            head = 4;
        }
        if (received_.size() < head + size) return std::nullopt;
        auto const kind = byte_at(received_, 0) & 0x0f;
        auto payload = received_.substr(head, size);
        received_.erase(0, head + size);
        if (kind == 1) return payload;
        if (kind == 8) closed_ = size < 2 ? 0 : byte_at(payload, 0) << 8 | byte_at(payload, 1);
    }
    return std::nullopt;
}

} // namespace system_test
