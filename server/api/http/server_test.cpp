#include "api/http/server.hpp"

#include <atomic>
#include <condition_variable>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <latch>
#include <mutex>
#include <thread>

#include "api/http/raw_client.hpp"
#include "base/log.hpp"

namespace api::http {
namespace {

using base::Milliseconds;
using testing::HasSubstr;
using testing::Not;

Response describe(Request const& request) {
    return Response::text(200, "text/plain", request.method + " " + request.target + " [" + request.body + "]");
}

std::unique_ptr<Server> start(Handler handler = describe, Limits limits = {}, std::size_t workers = 64) {
    auto server = Server::start({.workers = workers, .limits = limits}, std::move(handler));
    EXPECT_TRUE(server);
    return *std::move(server);
}

std::string get(std::string const& target, std::string const& fields = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string post(std::string const& body, std::string const& fields = "") {
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields + "\r\n" +
           body;
}

TEST(Server, ErrorsOfTheSeamAreProblems) {
    auto const server = start();
    auto client = RawClient(server->port());
    client.send("GET / HTTP/1.1\r\n\r\n");
    auto const answer = client.receive();
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: application/problem+json\r\n"));
    EXPECT_THAT(answer.body, HasSubstr(R"("status":400)"));
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"malformed")"));
}

TEST(Server, PipelinedRequestsAreAnsweredInOrder) {
    auto const server = start();
    auto client = RawClient(server->port());
    auto bytes = std::string();
    for (auto i = 0; i < 50; ++i) {
        bytes += i % 2 == 0 ? get("/" + std::to_string(i)) : post(std::to_string(i));
    }
    client.send(bytes);
    for (auto i = 0; i < 50; ++i) {
        auto const n = std::to_string(i);
        EXPECT_EQ(client.receive().body, i % 2 == 0 ? "GET /" + n + " []" : "POST / [" + n + "]");
    }
}

TEST(Server, RequestMayArriveByteByByte) {
    auto const server = start();
    auto client = RawClient(server->port());
    for (auto const c : post("hello", "Connection: close\r\n")) {
        client.send(std::string_view(&c, 1));
    }
    EXPECT_EQ(client.receive().body, "POST / [hello]");
    EXPECT_TRUE(client.closed());
}

TEST(Server, LargestBodyArrivesWhole) {
    auto const server = start([](Request const& request) { return Response::text(200, "text/plain", request.body); });
    auto const body = std::string(1024 * 1024, 'x');
    auto client = RawClient(server->port());
    auto const sender = std::jthread([&] { client.send(post(body)); });
    EXPECT_EQ(client.receive().body, body);
}

TEST(Server, BodiesAreBoundedTogether) {
    auto entered = std::latch(1);
    auto leave = std::latch(1);
    auto const server = start(
        [&](Request const& request) {
            if (request.target == "/wait") {
                entered.count_down();
                leave.wait();
            }
            return Response::empty();
        },
        {.bodies_bytes = 1500});
    auto const whole = post(std::string(1000, 'x'));
    auto first = RawClient(server->port());
    first.send("POST /wait" + whole.substr(6));
    entered.wait();
    auto second = RawClient(server->port());
    second.send(whole);
    EXPECT_EQ(second.receive().status, 503);
    EXPECT_TRUE(second.closed());
    leave.count_down();
    EXPECT_EQ(first.receive().status, 204);
    auto status = 503;
    while (status == 503) { // the answer may be here a moment before the bytes are given back
        auto third = RawClient(server->port());
        third.send(whole);
        status = third.receive().status;
    }
    EXPECT_EQ(status, 204);
}

TEST(Server, BodyIsInvitedOnlyWhenItWillBeRead) {
    auto const server = start();
    auto client = RawClient(server->port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.bytes(25), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    EXPECT_EQ(client.receive().body, "POST / [hello]");
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive().status, 413);
}

TEST(Server, AnswersCarryTheHeadersOfTheHouse) {
    auto const server = start([](Request const& request) {
        if (request.path == "/api/cached")
            return Response::text(200, "text/plain", "x").set("cache-control", "max-age=5");
        return request.path == "/api/empty" ? Response::empty() : Response::text(201, "text/plain", "abc");
    });
    auto client = RawClient(server->port());
    client.send(get("/api/v1/x") + get("/page") + get("/api/cached") + get("/api/empty"));
    auto const api = client.receive();
    EXPECT_THAT(api.head,
                testing::StartsWith("HTTP/1.1 201 Created\r\nContent-Length: 3\r\nContent-Type: text/plain\r\n"));
    EXPECT_THAT(api.head, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(api.head, HasSubstr("Referrer-Policy: no-referrer\r\n"));
    EXPECT_THAT(api.head, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_THAT(api.head, Not(HasSubstr("Strict-Transport-Security")));
    EXPECT_THAT(client.receive().head, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_THAT(client.receive().head, Not(HasSubstr("no-store")));
    auto const empty = client.receive();
    EXPECT_EQ(empty.status, 204);
    EXPECT_THAT(empty.head, Not(HasSubstr("Content-Length")));
}

TEST(Server, HeadHasTheLengthButNoBody) {
    auto const server = start();
    auto client = RawClient(server->port());
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get("/y"));
    EXPECT_THAT(client.receive(true).head, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_EQ(client.receive().body, "GET /y []");
}

class Quiet {
public:
    Quiet() { base::log::set_level(base::log::Level::off); }
    ~Quiet() { base::log::set_level(base::log::Level::info); }
};

TEST(Server, ThrowingHandlerIsAnInternalError) {
    auto const quiet = Quiet();
    auto const server = start([](Request const& request) -> Response {
        if (request.path == "/int") throw 7;
        throw std::runtime_error("the secret of the request");
    });
    auto client = RawClient(server->port());
    client.send(get("/") + get("/int"));
    auto const answer = client.receive();
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"internal")"));
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    EXPECT_EQ(client.receive().status, 500);
}

TEST(Server, AnswerCannotBeSplitByAHeader) {
    auto const quiet = Quiet();
    auto const server = start([](Request const& request) {
        auto const name = request.path == "/own" ? "Content-Length" : "Location";
        return Response::empty(303).set(name, request.path == "/own" ? "0" : "/a\r\nSet-Cookie: b=c");
    });
    auto client = RawClient(server->port());
    client.send(get("/") + get("/own"));
    auto const answer = client.receive();
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.head, Not(HasSubstr("Set-Cookie")));
    EXPECT_EQ(client.receive().status, 500);
}

TEST(Server, RequestKnowsItsPeer) {
    auto const server = start([](Request const& request) { return Response::text(200, "", request.remote_address); });
    auto client = RawClient(server->port());
    client.send(get("/"));
    EXPECT_EQ(client.receive().body, "127.0.0.1");
}

TEST(Server, SlowHeadIsRefused) {
    auto const server = start(describe, {.head_time = Milliseconds(80)});
    auto client = RawClient(server->port());
    client.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_EQ(client.receive().status, 408);
    EXPECT_TRUE(client.closed());
}

TEST(Server, SlowBodyIsRefused) {
    auto const server = start(describe, {.body_time = Milliseconds(80)});
    auto client = RawClient(server->port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    EXPECT_EQ(client.receive().status, 408);
    EXPECT_TRUE(client.closed());
}

TEST(Server, IdleConnectionIsClosedSilently) {
    auto const server = start(describe, {.head_time = Milliseconds(80), .idle_time = Milliseconds(80)});
    auto fresh = RawClient(server->port());
    auto used = RawClient(server->port());
    used.send(get("/"));
    EXPECT_EQ(used.receive().status, 200);
    EXPECT_TRUE(fresh.closed());
    EXPECT_TRUE(used.closed());
}

TEST(Server, ReaderWhoDoesNotReadIsDropped) {
    auto const server =
        start([](Request const&) { return Response::text(200, "text/plain", std::string(32 << 20, 'x')); },
              {.bytes_per_second = std::size_t{1} << 30, .body_time = Milliseconds(80)});
    auto client = RawClient(server->port());
    client.send(get("/"));
    EXPECT_EQ(client.bytes(1), "H");
    while (server->open_connections() > 0) {
        std::this_thread::yield();
    }
    EXPECT_EQ(client.bytes(32 << 20), std::nullopt);
}

TEST(Server, OneConnectionTooManyIsTurnedAway) {
    auto const server = start(describe, {.connections = 1});
    auto first = RawClient(server->port());
    first.send(get("/"));
    EXPECT_EQ(first.receive().status, 200);
    auto second = RawClient(server->port());
    EXPECT_EQ(second.receive().status, 503);
    EXPECT_TRUE(second.closed());
}

TEST(Server, OneConnectionTooManyOfAnAddressIsTurnedAway) {
    auto const server = start(describe, {.connections_per_address = 2});
    auto first = std::make_unique<RawClient>(server->port());
    auto second = RawClient(server->port());
    for (auto* client : {first.get(), &second}) {
        client->send(get("/"));
        EXPECT_EQ(client->receive().status, 200);
    }
    auto third = RawClient(server->port());
    EXPECT_EQ(third.receive().status, 429);
    EXPECT_TRUE(third.closed());
    auto neighbour = RawClient(server->port(), "127.0.0.2");
    neighbour.send(get("/"));
    EXPECT_EQ(neighbour.receive().status, 200);
    first.reset();
    while (server->open_connections() > 2) {
        std::this_thread::yield();
    }
    auto again = RawClient(server->port());
    again.send(get("/"));
    EXPECT_EQ(again.receive().status, 200);
}

TEST(Server, BrowsersAreToldToKeepToHttps) {
    auto const server = Server::start({.https = true}, describe);
    auto client = RawClient((*server)->port());
    client.send(get("/") + "nonsense\r\n\r\n");
    EXPECT_THAT(client.receive().head, HasSubstr("Strict-Transport-Security: max-age=63072000"));
    EXPECT_THAT(client.receive().head, HasSubstr("Strict-Transport-Security: max-age=63072000"));
}

TEST(Server, ManyClientsAreServedAtOnce) {
    auto const server = start();
    auto served = std::atomic<int>(0);
    auto clients = std::vector<std::jthread>();
    for (auto i = 0; i < 200; ++i) {
        clients.emplace_back([&, i] {
            auto client = RawClient(server->port());
            for (auto n = 0; n < 5; ++n) {
                auto const path = "/" + std::to_string(i) + "/" + std::to_string(n);
                client.send(get(path));
                served += client.receive().body == "GET " + path + " []" ? 1 : 0;
            }
        });
    }
    clients.clear();
    EXPECT_EQ(served, 1000);
}

TEST(Server, WaitingHandlersRunBesideEachOther) {
    auto together = std::latch(20);
    auto const server = start(
        [&](Request const&) {
            together.arrive_and_wait();
            return Response::empty();
        },
        {}, 20);
    auto clients = std::vector<std::unique_ptr<RawClient>>();
    for (auto i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<RawClient>(server->port()));
        clients.back()->send(get("/"));
    }
    for (auto const& client : clients) {
        EXPECT_EQ(client->receive().status, 204);
    }
}

TEST(Server, MoreRequestsThanWorkersWaitTheirTurn) {
    auto running = std::atomic<int>(0);
    auto most = std::atomic<int>(0);
    auto const server = start(
        [&](Request const&) {
            most = std::max(most.load(), ++running);
            std::this_thread::yield();
            --running;
            return Response::empty();
        },
        {}, 1);
    auto clients = std::vector<std::unique_ptr<RawClient>>();
    for (auto i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<RawClient>(server->port()));
        clients.back()->send(get("/"));
    }
    for (auto const& client : clients) {
        EXPECT_EQ(client->receive().status, 204);
    }
    EXPECT_EQ(most, 1);
}

TEST(Server, WhatIsAnsweredAtOnceWaitsForNoWorker) {
    auto waiting = std::latch(2);
    auto go_on = std::latch(1);
    auto const handler = [&](Request const& request) {
        if (request.path == "/slow") {
            waiting.count_down();
            go_on.wait();
        }
        return Response::text(200, "text/plain", request.path);
    };
    auto const at_once = [](Request const& request) { return request.path == "/quick"; };
    auto const server = *Server::start({.workers = 1, .at_once = at_once}, handler);
    auto slow = RawClient(server->port());
    slow.send(get("/slow"));
    waiting.arrive_and_wait();
    auto quick = RawClient(server->port());
    for (auto i = 0; i < 2; ++i) {
        quick.send(get("/quick"));
        EXPECT_EQ(quick.receive().body, "/quick");
    }
    go_on.count_down();
    EXPECT_EQ(slow.receive().body, "/slow");
}

TEST(Server, TakenPortIsNamed) {
    auto const server = start();
    auto const second = Server::start({.port = server->port()}, describe);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, base::Fault::conflict);
    EXPECT_EQ(second.error().code, "port_taken");
    EXPECT_THAT(second.error().message, HasSubstr("127.0.0.1:" + std::to_string(server->port())));
}

TEST(Server, HostMustBeAnAddress) {
    EXPECT_EQ(Server::start({.host = "example.invalid"}, describe).error().code, "bad_host");
    EXPECT_EQ(Server::start({.host = "192.0.2.1"}, describe).error().code, "cannot_listen");
    EXPECT_TRUE(Server::start({.host = "localhost"}, describe));
}

TEST(Server, DrainFinishesWhatIsInFlight) {
    auto entered = std::latch(1);
    auto const server = start(
        [&](Request const& request) {
            entered.count_down();
            auto mutex = std::mutex();
            auto stopped = std::condition_variable_any();
            auto lock = std::unique_lock(mutex);
            stopped.wait(lock, request.stopping, [] { return false; });
            return Response::text(200, "text/plain", "finished");
        },
        {.head_time = Milliseconds(200)});
    auto idle = RawClient(server->port());
    auto busy = RawClient(server->port());
    busy.send(get("/"));
    entered.wait();
    server->drain(Milliseconds(10'000));
    auto const answer = busy.receive();
    EXPECT_EQ(answer.body, "finished");
    EXPECT_THAT(answer.head, HasSubstr("Connection: close"));
    EXPECT_TRUE(busy.closed());
    EXPECT_TRUE(idle.closed());
    EXPECT_EQ(server->open_connections(), 0u);
    EXPECT_THROW(RawClient(server->port()), std::runtime_error);
}

TEST(Server, DrainCutsWhatTakesTooLong) {
    auto const server = start();
    auto client = RawClient(server->port());
    client.send(get("/") + "GET / HTTP/1.1\r\n");
    EXPECT_EQ(client.receive().status, 200);
    server->drain(Milliseconds(20));
    EXPECT_TRUE(client.closed());
    server->drain(Milliseconds(20));
}

TEST(Server, PortIsFreeAgainAfterwards) {
    auto server = start();
    auto const port = server->port();
    auto client = RawClient(port);
    client.send(get("/"));
    client.receive();
    server.reset();
    EXPECT_TRUE(Server::start({.port = port}, describe));
}

TEST(Server, SeveralThreadsServeSockets) {
    auto const server = Server::start({.workers = 4, .io_threads = 3}, describe);
    auto served = std::atomic<int>(0);
    auto clients = std::vector<std::jthread>();
    for (auto i = 0; i < 16; ++i) {
        clients.emplace_back([&] {
            auto client = RawClient((*server)->port());
            for (auto n = 0; n < 50; ++n) {
                client.send(get("/x"));
                served += client.receive().body == "GET /x []" ? 1 : 0;
            }
        });
    }
    clients.clear();
    EXPECT_EQ(served, 800);
}

} // namespace
} // namespace api::http
