#include "api/http/websocket.hpp"

#include <boost/json/value.hpp>
#include <condition_variable>
#include <corpus/player.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

#include "api/http/json.hpp"
#include "api/http/raw_client.hpp"
#include "api/http/server.hpp"
#include "base/log.hpp"

namespace api::http {
namespace {

using base::Milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

std::string handshake(std::string const& path = "/events") {
    return "GET " + path +
           " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: apunta.v1, ticket.x\r\n\r\n";
}

enum Opcode : std::uint8_t { text = 1, binary = 2, closing = 8, ping = 9, pong = 10 };

std::string number(std::size_t value, int bytes) {
    auto big_endian = std::string();
    for (auto shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        big_endian += static_cast<char>(value >> shift & 0xff);
    }
    return big_endian;
}

/// A frame as a client must send it, masked: with zeros, which leave the payload as it is.
std::string frame(Opcode opcode, std::string const& payload, bool last = true) {
    auto const length = payload.size() < 126     ? number(0x80 | payload.size(), 1)
                        : payload.size() < 65536 ? number(0x80 | 126, 1) + number(payload.size(), 2)
                                                 : number(0x80 | 127, 1) + number(payload.size(), 8);
    return number((last ? 0x80u : 0u) | opcode, 1) + length + std::string(4, '\0') + payload;
}

struct Frame {
    int opcode = -1; ///< -1 when the connection ended
    std::string payload;
    bool operator==(Frame const&) const = default;
};

std::size_t value_of(std::string const& big_endian) {
    auto value = std::size_t{0};
    for (auto const c : big_endian) {
        value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
}

Frame receive(RawClient& client) {
    auto const start = client.bytes(2);
    if (!start) return {};
    auto length = value_of(start->substr(1));
    if (length == 126) length = value_of(client.bytes(2).value_or(""));
    if (length == 127) length = value_of(client.bytes(8).value_or(""));
    return {(*start)[0] & 0x0f, client.bytes(length).value_or("")};
}

int close_code(RawClient& client) {
    auto const last = receive(client);
    return last.opcode == closing ? static_cast<int>(value_of(last.payload.substr(0, 2))) : last.opcode;
}

/// A room that notes what happens to it; `echo:x` is answered, others are commands.
class Room {
public:
    WebSocketAccept accept() {
        return {"apunta.v1", [this](auto socket) { open(std::move(socket)); }, [this](auto line) { hear(line); },
                [this](int code) { note("close " + std::to_string(code)); }};
    }
    std::vector<std::string> wait_for(std::size_t count) {
        auto lock = std::unique_lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(10), [&] { return log_.size() >= count; });
        return log_;
    }
    std::shared_ptr<Socket> socket() {
        auto const lock = std::lock_guard(mutex_);
        return socket_;
    }

private:
    void open(std::shared_ptr<Socket> socket) {
        {
            auto const lock = std::lock_guard(mutex_);
            socket_ = std::move(socket);
        }
        note("open");
    }
    void hear(std::string const& line) {
        note(line);
        if (line == "throw") throw std::runtime_error("a bug");
        if (line == "bye") return socket()->close(4000, "bye yourself");
        if (line.starts_with("echo:")) return socket()->send(line.substr(5));
        if (auto const json = parse_json(line); !json || !json->is_object()) socket()->close(1008, "no JSON object");
    }
    void note(std::string line) {
        auto const lock = std::lock_guard(mutex_);
        log_.push_back(std::move(line));
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> log_;
    std::shared_ptr<Socket> socket_;
};

class WebSocket : public testing::Test {
protected:
    void start(Limits limits = {}) {
        auto const upgrade = [this](Request const& request) -> base::Result<WebSocketAccept> {
            if (request.path != "/events") return base::fail(base::Fault::not_found, "not_found", "No such socket.");
            if (request.headers["sec-websocket-protocol"] != "apunta.v1, ticket.x") {
                return base::fail(base::Fault::unauthorized, "unauthorized", "No ticket.");
            }
            return room.accept();
        };
        server = *Server::start({.limits = limits}, [](Request const&) { return Response::empty(); }, upgrade);
    }
    std::unique_ptr<RawClient> connect(Limits limits = {}) {
        start(limits);
        auto client = std::make_unique<RawClient>(server->port());
        client->send(handshake());
        answer = client->receive();
        EXPECT_EQ(answer.status, 101);
        return client;
    }

    Room room;
    std::unique_ptr<Server> server;
    RawAnswer answer;
};

TEST_F(WebSocket, HandshakeChoosesTheProtocol) {
    auto const client = connect();
    EXPECT_THAT(answer.head, HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("Sec-WebSocket-Protocol: apunta.v1\r\n"));
    EXPECT_THAT(answer.head, testing::Not(HasSubstr("Beast")));
}

TEST_F(WebSocket, RefusalIsAnOrdinaryAnswer) {
    start();
    auto client = RawClient(server->port());
    client.send(handshake("/elsewhere"));
    auto const refused = client.receive();
    EXPECT_EQ(refused.status, 404);
    EXPECT_THAT(refused.body, HasSubstr(R"("code":"not_found")"));
    client.send(handshake());
    EXPECT_EQ(client.receive().status, 101);
}

TEST_F(WebSocket, FramesBeforeTheAnswerAreRefused) {
    start();
    auto client = RawClient(server->port());
    client.send(handshake() + frame(text, "echo:x"));
    EXPECT_EQ(client.receive().status, 400);
    EXPECT_TRUE(client.closed());
}

TEST_F(WebSocket, MessagesComeAndGoInOrder) {
    auto const client = connect();
    auto bytes = std::string();
    for (auto i = 0; i < 100; ++i) {
        bytes += frame(text, "echo:" + std::to_string(i));
    }
    client->send(bytes);
    for (auto i = 0; i < 100; ++i) {
        EXPECT_EQ(receive(*client), (Frame{text, std::to_string(i)}));
    }
}

TEST_F(WebSocket, LargeAndFragmentedMessagesArriveWhole) {
    auto const client = connect();
    auto const large = std::string(60'000, 'x');
    client->send(frame(text, "echo:" + large));
    EXPECT_EQ(receive(*client), (Frame{text, large}));
    client->send(frame(text, "echo:", false) + frame(ping, "?") + frame(Opcode{}, "ñandú"));
    EXPECT_EQ(receive(*client), (Frame{pong, "?"}));
    EXPECT_EQ(receive(*client), (Frame{text, "ñandú"}));
}

TEST_F(WebSocket, ClientCloses) {
    auto const client = connect();
    client->send(frame(closing, number(1000, 2)));
    EXPECT_EQ(close_code(*client), 1000);
    EXPECT_TRUE(client->closed());
    EXPECT_THAT(room.wait_for(2), ElementsAre("open", "close 1000"));
}

TEST_F(WebSocket, ClientVanishes) {
    auto client = connect();
    room.wait_for(1);
    client.reset();
    EXPECT_THAT(room.wait_for(2), ElementsAre("open", "close 1006"));
    room.socket()->send("to nobody");
}

TEST_F(WebSocket, RoomCloses) {
    auto const client = connect();
    client->send(frame(text, "echo:last") + frame(text, "bye") + frame(text, "too late"));
    EXPECT_EQ(receive(*client), (Frame{text, "last"}));
    EXPECT_EQ(receive(*client), (Frame{closing, number(4000, 2) + "bye yourself"}));
    client->send(frame(closing, number(4000, 2)));
    EXPECT_TRUE(client->closed());
    EXPECT_THAT(room.wait_for(4), ElementsAre("open", "echo:last", "bye", "close 4000"));
}

/// The frames of test/corpus/websocket.txt; its handshakes are those of the whole program (system/edge_test.cpp).
TEST_F(WebSocket, FramesAreUnderstoodOrClose) {
    auto played = 0;
    for (auto const& one : corpus::read(APUNTA_CORPUS "/websocket.txt")) {
        if (one.steps.front().kind != corpus::Step::Kind::frame) continue;
        auto const client = connect();
        auto player = corpus::Player(*client, corpus::no_words, [](RawAnswer const&) {});
        player.assume_upgraded();
        for (auto const& complaint : player.play(one)) {
            ADD_FAILURE() << one.name << ": " << complaint;
        }
        ++played;
    }
    EXPECT_GE(played, 60);
}

TEST_F(WebSocket, TalkativePeerIsClosed) {
    auto const client = connect({.socket_messages_per_minute = 2});
    client->send(frame(text, "echo:a") + frame(ping, "b") + frame(text, "echo:c"));
    EXPECT_EQ(receive(*client), (Frame{text, "a"}));
    EXPECT_EQ(receive(*client), (Frame{pong, "b"}));
    EXPECT_EQ(close_code(*client), 1008);
}

TEST_F(WebSocket, ThrowingRoomIsClosed) {
    base::log::set_level(base::log::Level::off);
    auto const client = connect();
    client->send(frame(text, "throw"));
    EXPECT_EQ(close_code(*client), 1011);
    base::log::set_level(base::log::Level::info);
}

TEST_F(WebSocket, ReaderWhoDoesNotReadIsGivenUp) {
    auto const client = connect({.socket_queue_bytes = 100'000, .socket_ping = Milliseconds(200)});
    room.wait_for(1);
    auto const socket = room.socket();
    while (room.wait_for(0).size() < 2) {
        socket->send(std::string(10'000, 'x'));
    }
    EXPECT_THAT(room.wait_for(2), ElementsAre("open", "close 1013"));
}

TEST_F(WebSocket, SilentPeerIsPingedAndThenGivenUp) {
    auto const client = connect({.socket_ping = Milliseconds(60)});
    EXPECT_EQ(receive(*client).opcode, ping);
    EXPECT_THAT(room.wait_for(2), ElementsAre("open", "close 1006"));
}

TEST_F(WebSocket, DrainSaysGoodbye) {
    auto const client = connect();
    room.wait_for(1);
    auto const drainer = std::jthread([this] { server->drain(Milliseconds(10'000)); });
    EXPECT_EQ(close_code(*client), 1001);
    client->send(frame(closing, number(1001, 2)));
    EXPECT_TRUE(client->closed());
    EXPECT_THAT(room.wait_for(2), ElementsAre("open", "close 1001"));
}

TEST_F(WebSocket, SocketMayOutliveTheServer) {
    auto const client = connect();
    room.wait_for(1);
    auto const socket = room.socket();
    server.reset();
    socket->send("to nobody");
    socket->close(1000, "");
    EXPECT_EQ(room.wait_for(2).size(), 2u);
}

TEST_F(WebSocket, ServerWithoutSocketsIgnoresTheUpgrade) {
    server = *Server::start({}, [](Request const&) { return Response::empty(); });
    auto client = RawClient(server->port());
    client.send(handshake());
    EXPECT_EQ(client.receive().status, 204);
}

} // namespace
} // namespace api::http
