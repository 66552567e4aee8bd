// How much is too much, over HTTP. Strangers come through a proxy on loopback, as the limits per address do not hold
// for programs of this machine.
#include <thread>

#include "house/open_house_test.hpp"

namespace house {
namespace {

class Limits : public OpenHouse {
protected:
    Limits() { limits_ = {.api_requests_per_minute = 20}; }

    static TestClient::Headers from(std::string const& address) { return {{"X-Forwarded-For", address}}; }
    Answer log_in(std::string_view email, std::string_view password, std::string const& address) {
        auto const body = json::object{{"email", email}, {"password", password}};
        return stranger().post("/api/v1/auth/login", body, address.empty() ? TestClient::Headers() : from(address));
    }
    /// How many of `tries` logins in a row with a wrong password are let through.
    int let_through(int tries, std::string_view email, std::string const& address) {
        auto through = 0;
        for (auto i = 0; i < tries; ++i)
            through += log_in(email, "no es la que es", address).status == 401 ? 1 : 0;
        return through;
    }
};
APUNTA_ON_EACH_ENGINE(Limits);

int seconds(Answer const& answer) { return std::stoi(std::string(answer.header("retry-after"))); }

TEST_P(Limits, FiveTriesAtAPasswordFromOneNetworkAndOthersAreLetIn) {
    owner();
    EXPECT_EQ(let_through(8, "ana@example.com", "192.0.2.7"), 5);
    auto const refused = log_in("ana@example.com", "una frase larga", "192.0.2.200");
    EXPECT_EQ(refused.status, 429) << "a neighbour in the /24";
    EXPECT_EQ(refused.code(), "rate_limited");
    EXPECT_EQ(refused.header("ratelimit-policy"), "\"passwords\";q=5;w=900");
    EXPECT_EQ(refused.header("ratelimit"), "\"passwords\";r=0;t=" + std::to_string(seconds(refused)));
    EXPECT_EQ(log_in("ana@example.com", "una frase larga", "198.51.100.7").status, 200) << "she, elsewhere";
    EXPECT_EQ(log_in("eva@example.com", "una frase larga", "192.0.2.7").status, 401) << "another account";
}

TEST_P(Limits, AnIpv6SubscriberIsOneNetwork) {
    owner();
    EXPECT_EQ(let_through(3, "ana@example.com", "2001:db8:1:2::7"), 3);
    EXPECT_EQ(let_through(3, "ana@example.com", "2001:db8:1:2:ffff::1"), 2);
    EXPECT_EQ(let_through(1, "ana@example.com", "2001:db8:1:3::7"), 1);
}

TEST_P(Limits, WhoInsistsWaitsEverLongerButNoLongerThanThePeriod) {
    owner();
    let_through(5, "ana@example.com", "192.0.2.7");
    auto waits = std::vector<int>();
    for (auto i = 0; i < 5; ++i)
        waits.push_back(seconds(log_in("ana@example.com", "una frase larga", "192.0.2.7")));
    EXPECT_GT(waits[1], waits[0]);
    EXPECT_GT(waits[0], 0);
    EXPECT_LE(waits.back(), 900);
    EXPECT_GT(waits.back(), 600);
}

TEST_P(Limits, ARightPasswordCostsNothing) {
    owner();
    for (auto i = 0; i < 8; ++i)
        EXPECT_EQ(log_in("ana@example.com", "una frase larga", "192.0.2.7").status, 200);
}

TEST_P(Limits, FiftyTriesAtManyAccountsFromOneAddress) {
    auto through = 0;
    for (auto i = 0; i < 55; ++i)
        through +=
            log_in("x" + std::to_string(i) + "@example.com", "no es la que es", "192.0.2.7").status == 401 ? 1 : 0;
    EXPECT_EQ(through, 50);
    EXPECT_EQ(log_in("y@example.com", "no es la que es", "").status, 401) << "a program of this machine";
    EXPECT_EQ(log_in("y@example.com", "no es la que es", "192.0.2.8").status, 401) << "a neighbour";
}

TEST_P(Limits, TriesAtThePresentPasswordOfASessionCountToo) {
    auto client = owner();
    auto const change = [&](std::string_view current) {
        return client.post("/api/v1/auth/password",
                           json::object{{"current_password", current}, {"password", "otra frase larga"}});
    };
    for (auto i = 0; i < 5; ++i)
        EXPECT_EQ(change("no es la que es").status, 422);
    EXPECT_EQ(change("una frase larga").status, 429);
}

TEST_P(Limits, ThreeSignUpsWithAnEmailAndTwentyFromAnAddress) {
    auto const sign_up = [&](std::string const& email, std::string const& address) {
        return stranger()
            .post("/api/v1/auth/signup",
                  json::object{{"email", email}, {"password", "una frase larga"}, {"name", "Ana"}}, from(address))
            .status;
    };
    EXPECT_EQ(sign_up("ana@example.com", "192.0.2.7"), 201);
    EXPECT_EQ(sign_up("ana@example.com", "192.0.2.7"), 409);
    EXPECT_EQ(sign_up("ana@example.com", "192.0.3.7"), 409);
    EXPECT_EQ(sign_up("ana@example.com", "192.0.4.7"), 429);
    auto made = 0;
    for (auto i = 0; i < 20; ++i)
        made += sign_up("a" + std::to_string(i) + "@example.com", "192.0.2.7") == 201 ? 1 : 0;
    EXPECT_EQ(made, 18);
}

TEST_P(Limits, ASessionMayNotAskWithoutEndAndOthersGoOn) {
    auto ana = owner("ana@example.com");
    auto eva = owner("eva@example.com");
    auto answered = 0;
    auto last = Answer();
    for (auto i = 0; i < 30; ++i) {
        last = ana.get("/api/v1/auth/me");
        answered += last.status == 200 ? 1 : 0;
    }
    EXPECT_GE(answered, 20);
    EXPECT_LT(answered, 30) << "thirty requests took longer than thirty seconds";
    EXPECT_EQ(eva.get("/api/v1/auth/me").status, 200);
    while (last.status != 429)
        last = ana.get("/api/v1/auth/me");
    EXPECT_EQ(last.code(), "rate_limited");
    EXPECT_EQ(seconds(last), 3);
    EXPECT_EQ(last.header("ratelimit-policy"), "\"requests\";q=20;w=60");
    EXPECT_EQ(ana.post("/api/v1/auth/refresh").status, 200) << "a session is never locked out of itself";
}

TEST_P(Limits, NamesTheClientNotTheProxyInTheListOfSessions) {
    owner();
    auto client = stranger();
    client.use_token(log_in("ana@example.com", "una frase larga", "203.0.113.9").text_at("/access_token"));
    EXPECT_EQ(client.get("/api/v1/auth/sessions").text_at("/items/0/remote_address"), "203.0.113.9");
}

/// Two hash at a time and 32 wait for some seconds; the rest is sent away, and whoever wants something else is served
/// meanwhile.
TEST_P(Limits, AFloodOfLoginsIsSentAwayWithoutKeepingOthersWaiting) {
    auto statuses = std::vector<int>(60);
    auto retry = std::vector<std::string>(60);
    {
        auto flood = std::vector<std::jthread>();
        for (auto i = std::size_t{0}; i < statuses.size(); ++i) {
            flood.emplace_back([&, i] {
                auto const answer = log_in("x" + std::to_string(i) + "@example.com", "no es la que es", "");
                statuses[i] = answer.status;
                retry[i] = answer.header("retry-after");
            });
        }
    }
    for (auto i = std::size_t{0}; i < statuses.size(); ++i) {
        EXPECT_TRUE(statuses[i] == 401 || statuses[i] == 503) << statuses[i];
        EXPECT_EQ(statuses[i] == 503, !retry[i].empty());
    }
    EXPECT_GE(std::ranges::count(statuses, 401), 2);
    EXPECT_GE(std::ranges::count(statuses, 503), 1);
    EXPECT_EQ(stranger().get("/healthz").status, 200);
}

} // namespace
} // namespace house
