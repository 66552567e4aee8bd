// The requests of test/corpus/http.txt, sent to a server in this process, so that the sanitizers look on as well. The
// program itself gets the same in system/edge_test.cpp.
#include <corpus/player.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>

#include "api/http/json.hpp"
#include "api/http/raw_client.hpp"
#include "api/http/render.hpp"
#include "api/http/router.hpp"
#include "api/http/server.hpp"

namespace api::http {
namespace {

/// The addresses that the corpus speaks to.
class Counterpart {
public:
    Router router() {
        auto router = Router();
        router.add("GET", "/healthz", [](Request const&, Params const&) { return Response::text(200, "", "well"); });
        router.add("POST", "/api/v1/auth/login", [](Request const& request, Params const&) -> base::Result<Response> {
            TRY(auto const body, json_object(request));
            return Response::empty();
        });
        router.add("POST", "/api/v1/auth/signup", [this](Request const& request, Params const&) {
            auto const lock = std::lock_guard(mutex_);
            signed_up_.push_back(request.body);
            return Response::empty(201);
        });
        return router;
    }
    std::vector<std::string> signed_up() {
        auto const lock = std::lock_guard(mutex_);
        return signed_up_;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> signed_up_;
};

std::optional<std::string> word(std::string const& name) {
    auto const hidden = name.starts_with("chunk of ");
    auto const rest = hidden ? name.substr(9) : name;
    if (!rest.starts_with("signup ")) return std::nullopt;
    auto const body = rest.substr(7);
    auto const request =
        "POST /api/v1/auth/signup HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
        body;
    if (!hidden) return request;
    auto size = std::ostringstream();
    size << std::hex << request.size();
    return size.str() + "\r\n" + request + "\r\n";
}

TEST(Corpus, IsAnsweredAsItSays) {
    auto counterpart = Counterpart();
    auto const router = counterpart.router();
    auto const server = *Server::start({}, [&](Request const& request) { return router(request); });
    auto const look = [](RawAnswer const& answer) {
        for (auto const& [name, value] : house_headers()) {
            EXPECT_THAT(answer.head, testing::HasSubstr(std::string(name) + ": " + std::string(value)));
        }
    };
    auto const cases = corpus::read(APUNTA_CORPUS "/http.txt");
    EXPECT_GE(cases.size(), 150U);
    for (auto const& one : cases) {
        auto client = RawClient(server->port());
        for (auto const& complaint : corpus::Player(client, word, look).play(one)) {
            ADD_FAILURE() << one.name << ": " << complaint;
        }
    }
    EXPECT_THAT(counterpart.signed_up(), testing::ElementsAre("openly"));
}

TEST(Corpus, SaysThatEvery400Closes) {
    for (auto const& one : corpus::read(APUNTA_CORPUS "/http.txt")) {
        for (auto const& step : one.steps) {
            EXPECT_TRUE(step.expected.status != 400 || step.expected.closes) << one.name;
        }
    }
}

} // namespace
} // namespace api::http
