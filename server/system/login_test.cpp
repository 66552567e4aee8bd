// Staying logged in against all odds, and being out when one is to be out: over HTTP, against the program itself.
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "system/http.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

using std::chrono::steady_clock;

/// What came back: a status, and the refresh cookie that the answer set.
struct Refreshed {
    long status = 0;
    std::string cookie;
    std::string body;
};

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(bytes, size * count);
    return size * count;
}

std::string cookie_in(std::string const& head) {
    auto const begin = head.find("apunta_refresh=");
    return begin == head.npos ? "" : head.substr(begin, head.find(';', begin) - begin);
}

Refreshed post(std::string const& url, std::string const& cookie, std::string const& body = "") {
    auto answer = Refreshed();
    auto head = std::string();
    auto* const curl = curl_easy_init();
    auto* const fields = curl_slist_append(nullptr, "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_COOKIE, cookie.c_str());
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &head);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(fields);
    curl_easy_cleanup(curl);
    answer.cookie = cookie_in(head);
    return answer;
}

Refreshed refresh(std::string const& url, std::string const& cookie) {
    return post(url + "/api/v1/auth/refresh", cookie);
}

/// Asks, and is gone before the answer.
void ask_and_vanish(std::string const& url, std::string const& cookie) {
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = sockaddr_in();
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto const request =
        "POST /api/v1/auth/refresh HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\nContent-Length: 0\r\n\r\n";
    ASSERT_EQ(::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
    ASSERT_EQ(::send(socket, request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
    ::close(socket);
}

struct Owner {
    std::string cookie;
    std::string token;
};

Owner sign_up(std::string const& url) {
    auto const answer = post(url + "/api/v1/auth/signup", "",
                             R"({"email": "ana@example.com", "password": "una frase larga", "name": "Ana"})");
    if (answer.status != 201) throw std::runtime_error(answer.body);
    auto const begin = answer.body.find("\"access_token\":\"") + 16;
    return {answer.cookie, answer.body.substr(begin, answer.body.find('"', begin) - begin)};
}

long look(std::string const& url, std::string const& token) {
    auto session = std::make_shared<Session>("", "");
    session->set_token(token);
    auto const answer = Client(url, session).get("/api/v1/auth/me");
    return answer.status == 200 ? 200 : 401; // a refused token makes the client log in, which fails here
}

class Login : public testing::TestWithParam<Engine> {
protected:
    Place place = Place(GetParam());
};
INSTANTIATE_TEST_SUITE_P(, Login, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Login, outlives_fifty_refreshes_at_once) {
    auto server = Server(place);
    auto cookie = sign_up(server.url()).cookie;
    for (auto round = 0; round < 5; ++round) {
        auto answers = std::vector<Refreshed>(50);
        {
            auto tabs = std::vector<std::jthread>();
            for (auto& answer : answers)
                tabs.emplace_back([&] { answer = refresh(server.url(), cookie); });
        }
        auto successors = std::set<std::string>();
        for (auto const& answer : answers) {
            EXPECT_EQ(answer.status, 200) << answer.body;
            successors.insert(answer.cookie);
        }
        ASSERT_EQ(successors.size(), 1U);
        EXPECT_NE(*successors.begin(), cookie);
        cookie = *successors.begin();
    }
    EXPECT_EQ(place.sql().number("SELECT count(*) FROM session WHERE revoked_at IS NULL AND user_agent = ''"), 1);
}

TEST_P(Login, outlives_two_hundred_lost_answers) {
    auto server = Server(place);
    auto cookie = sign_up(server.url()).cookie;
    auto logged_out = 0;
    for (auto i = 0; i < 200; ++i) {
        ask_and_vanish(server.url(), cookie);
        auto const again = refresh(server.url(), cookie);
        logged_out += again.status == 200 ? 0 : 1;
        if (again.status == 200) cookie = again.cookie;
    }
    EXPECT_EQ(logged_out, 0);
}

TEST_P(Login, ends_for_thief_and_owner_when_an_old_token_is_used_again) {
    auto server = Server(place);
    auto const owner = sign_up(server.url());
    auto const second = refresh(server.url(), owner.cookie);
    ASSERT_EQ(second.status, 200);
    // Eleven seconds go by.
    ASSERT_TRUE(place.sql().attempt("UPDATE refresh_token SET used_at = used_at - 11000 WHERE used_at IS NOT NULL"));
    auto const replayed = refresh(server.url(), owner.cookie);
    EXPECT_EQ(replayed.status, 401);
    EXPECT_NE(replayed.body.find("\"token_reused\""), std::string::npos) << replayed.body;
    EXPECT_EQ(refresh(server.url(), second.cookie).status, 401);
    EXPECT_EQ(look(server.url(), owner.token), 401);
}

TEST_P(Login, ends_on_all_nodes_within_a_second) {
    if (GetParam() == Engine::sqlite) return; // one server to a folder
    auto const first = Server(place);
    auto launch = Launch();
    launch.on_second_node = true;
    launch.environment["APUNTA_MASTER_KEY_FILE"] = (place.folder() / "master.key").string();
    auto const second = Server(place, launch);
    auto const owner = sign_up(first.url());
    ASSERT_EQ(look(second.url(), owner.token), 200) << "the other node has seen it, and could remember";
    ASSERT_EQ(post(first.url() + "/api/v1/auth/logout", owner.cookie).status, 204);
    auto const since = steady_clock::now();
    while (look(second.url(), owner.token) == 200 && steady_clock::now() - since < std::chrono::seconds(10)) {
    }
    EXPECT_LT(steady_clock::now() - since, std::chrono::seconds(1));
    EXPECT_EQ(refresh(second.url(), owner.cookie).status, 401);
}

} // namespace
} // namespace system_test
