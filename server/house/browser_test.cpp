// What a browser lets pages of other origins try, and what comes of it: they read nothing, and what the browser sends
// along by itself is not enough to write.
#include <gmock/gmock.h>

#include <fmt/format.h>

#include "api/http/raw_client.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

using Headers = TestClient::Headers;

constexpr auto evil = "https://evil.example";

std::string with_id(std::string path) {
    auto const at = path.find("{id}");
    return at == path.npos ? path : path.replace(at, 4, "01890000-0000-7000-8000-000000000000");
}

void expect_hardened(Answer const& answer, std::string const& what) {
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << what;
    EXPECT_EQ(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'") << what;
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << what;
    EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin") << what;
    EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin") << what;
    EXPECT_EQ(answer.header("cache-control"), "no-store") << what;
    EXPECT_NE(answer.header("permissions-policy"), "") << what;
    for (auto const& [name, value] : answer.headers) {
        EXPECT_FALSE(name.starts_with("access-control-")) << what << ": " << name;
    }
}

class OtherPages : public OpenHouse {
protected:
    std::string host() { return house().url().substr(std::string("http://").size()); }
    /// As a browser sends what a form or a script of another page asks for.
    Answer send_from(Headers headers, std::string const& target, std::string const& type, std::string const& body) {
        headers.emplace_back("Content-Type", type);
        auto client = stranger();
        client.use_cookie(cookie_);
        return client.send("POST", target, body, headers);
    }
    std::string cookie_;
};
APUNTA_ON_EACH_ENGINE(OtherPages);

TEST_P(OtherPages, AreToldNothingByAnyRoute) {
    auto ana = owner();
    auto routes = 0;
    for (auto const& operation : api::contract().operations()) {
        for (auto* client : {&ana, static_cast<TestClient*>(nullptr)}) {
            auto nobody = stranger();
            auto& asking = client == nullptr ? nobody : *client;
            auto const path = with_id(operation.path);
            auto const body = operation.method == "GET" || operation.method == "DELETE" ? "" : "{}";
            expect_hardened(asking.send(operation.method, path, body, {{"Origin", evil}}),
                            operation.method + " " + path);
        }
        ++routes;
    }
    EXPECT_GE(routes, 40);
}

TEST_P(OtherPages, GetNoPermissionFromAPreflight) {
    auto client = stranger();
    for (auto const& operation : api::contract().operations()) {
        auto const path = with_id(operation.path);
        auto const answer = client.send("OPTIONS", path, "",
                                        {{"Origin", evil},
                                         {"Access-Control-Request-Method", operation.method},
                                         {"Access-Control-Request-Headers", "authorization, content-type"}});
        EXPECT_EQ(answer.status, 204) << path;
        expect_hardened(answer, "OPTIONS " + path);
    }
}

TEST_P(OtherPages, CannotWriteWithForms) {
    owner();
    auto const login = std::string("/api/v1/auth/login");
    auto const credentials = std::string(R"({"email":"ana@example.com","password":"una frase larga"})");
    for (auto const* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
                             "text/plain; charset=application/json", "application/jsonp", "text/json"}) {
        for (auto const* path : {"/api/v1/auth/login", "/api/v1/auth/signup"}) {
            auto const answer = send_from({{"Sec-Fetch-Site", "none"}}, path, type, credentials);
            EXPECT_EQ(answer.status, 415) << type << ' ' << path;
        }
    }
    EXPECT_EQ(send_from({}, login, "application/json; charset=utf-8", credentials).status, 200);
}

TEST_P(OtherPages, CannotUseTheCookie) {
    auto ana = owner();
    cookie_ = ana.cookie();
    auto const name = fmt::format("evil.example:{}", host().substr(host().find(':') + 1));
    auto const rebound = Headers{{"Origin", "http://" + name}};
    auto const attempts = std::vector<Headers>{{{"Origin", evil}},
                                               {{"Origin", "null"}},
                                               {{"Origin", "http://127.0.0.1:1"}},
                                               {{"Origin", house().url() + ".evil.example"}},
                                               {{"Origin", house().url()}, {"Sec-Fetch-Site", "cross-site"}},
                                               {{"Sec-Fetch-Site", "cross-site"}},
                                               {{"Sec-Fetch-Site", "same-site"}},
                                               rebound};
    for (auto const& headers : attempts) {
        for (auto const* path : {"/api/v1/auth/refresh", "/api/v1/auth/logout"}) {
            auto const answer = send_from(headers, path, "application/json", "");
            EXPECT_EQ(answer.status, 403) << headers.front().second << ' ' << path;
            EXPECT_EQ(answer.code(), "foreign_origin");
            EXPECT_EQ(answer.header("set-cookie"), "");
        }
    }
    EXPECT_EQ(ana.post("/api/v1/auth/refresh").status, 200) << "the cookie was used";
    auto const own = Headers{{"Origin", house().url()}, {"Sec-Fetch-Site", "same-origin"}};
    EXPECT_EQ(ana.send("POST", "/api/v1/auth/refresh", "", own).status, 200);
}

/// evil.example was made to point at 127.0.0.1: to the browser, page and server are of one origin then.
TEST_P(OtherPages, CannotLogInUnderANameThatPointsHere) {
    owner();
    auto const port = host().substr(host().find(':') + 1);
    auto const body = std::string(R"({"email":"ana@example.com","password":"una frase larga"})");
    auto connection = api::http::RawClient(static_cast<std::uint16_t>(std::stoul(port)));
    connection.send(fmt::format("POST /api/v1/auth/login HTTP/1.1\r\nHost: evil.example:{0}\r\nOrigin: "
                                "http://evil.example:{0}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: "
                                "application/json\r\nContent-Length: {1}\r\n\r\n{2}",
                                port, body.size(), body));
    EXPECT_EQ(connection.receive().status, 403);
}

TEST(OwnPages, AreThoseOfThePublicUrl) {
    auto place = store::TestPlace(store::Engine::sqlite);
    auto config = Config();
    config.folder = place.options().folder;
    config.port = 0;
    config.public_url = "https://Apunta.example:443/";
    auto const house = House::open(config);
    ASSERT_TRUE(house);
    auto client = TestClient((*house)->url());
    auto const signup = json::object{{"email", "ana@example.com"}, {"password", "una frase larga"}, {"name", "Ana"}};
    EXPECT_EQ(client.post("/api/v1/auth/signup", signup, {{"Origin", "https://other.example"}}).status, 403);
    EXPECT_EQ(client.post("/api/v1/auth/signup", signup, {{"Origin", "http://apunta.example"}}).status, 403);
    auto const made = client.post("/api/v1/auth/signup", signup, {{"Origin", "https://apunta.example"}});
    EXPECT_EQ(made.status, 201);
    EXPECT_THAT(std::string(made.header("set-cookie")), testing::HasSubstr("; Secure"));
    EXPECT_EQ(made.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

} // namespace
} // namespace house
