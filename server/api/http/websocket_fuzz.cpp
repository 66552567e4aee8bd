// Any bytes from a client whose handshake was accepted. The server may close, but what it says itself keeps to RFC
// 6455: no mask, no reserved bits, shortest lengths, text that is UTF-8, and nothing after a close.
#include <corpus/player.hpp>
#include <cstdlib>

#include "api/http/server.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace {

using namespace api::http;

/// Sends back what it hears.
base::Result<WebSocketAccept> echo(Request const&) {
    auto const self = std::make_shared<std::shared_ptr<Socket>>();
    return WebSocketAccept{"apunta.v1", [self](auto socket) { *self = std::move(socket); },
                           [self](std::string text) { (*self)->send(std::move(text)); },
                           [self](int) { self->reset(); }};
}

Server& server() {
    base::log::set_level(base::log::Level::off);
    // Who breaks the rules after a close is waited for a while, on a socket that pings seldom: too long for a fuzzer.
    auto const limits = Limits{.socket_ping = base::Milliseconds(500)};
    static auto const running =
        *Server::start({.workers = 2, .limits = limits}, [](Request const&) { return Response::empty(); }, echo);
    return *running;
}

void insist(bool holds) {
    if (!holds) std::abort();
}

void check(corpus::Frame const& frame) {
    auto const opcode = frame.first & 0x0f;
    insist((frame.first & 0x70) == 0 && (opcode == 1 || opcode == 8 || opcode == 9 || opcode == 10));
    insist(opcode < 8 || ((frame.first & 0x80) != 0 && frame.payload.size() <= 125));
    insist(opcode != 1 || base::is_valid_utf8(frame.payload));
    insist(opcode != 8 || frame.payload.size() != 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto client = corpus::RawClient(server().port());
    client.send(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    insist(client.receive().status == 101);
    client.send({reinterpret_cast<char const*>(data), size});
    client.end();
    auto closed = false;
    for (auto frame = corpus::receive_frame(client); frame.first >= 0; frame = corpus::receive_frame(client)) {
        insist(!closed);
        check(frame);
        closed = (frame.first & 0x0f) == 8;
    }
    return 0;
}
