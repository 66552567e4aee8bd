#include <thread>

#include "house/open_house_test.hpp"

namespace house {
namespace {

class Auth : public OpenHouse {};
APUNTA_ON_EACH_ENGINE(Auth);

TEST_P(Auth, SignUpMakesAnAccountABusinessAndOneStaffMember) {
    auto client = stranger();
    auto const answer = client.sign_up("  Ana@Example.com ", {{"business_name", "Salón Ana"}, {"country", "MX"}});
    ASSERT_EQ(answer.status, 201) << answer.text;
    EXPECT_EQ(answer.text_at("/account/email"), "ana@example.com");
    EXPECT_EQ(answer["/expires_in"], 900);
    auto const me = client.get("/api/v1/auth/me");
    EXPECT_EQ(me.text_at("/business/id"), answer.text_at("/business/id"));
    EXPECT_EQ(me.text_at("/businesses/0/name"), "Salón Ana");
    EXPECT_EQ(me.text_at("/role"), "owner");
    auto const business = client.get("/api/v1/business");
    EXPECT_EQ(business.text_at("/timezone"), "America/Mexico_City");
    EXPECT_EQ(business.text_at("/currency"), "MXN");
    EXPECT_EQ(client.get("/api/v1/staff").text_at("/items/0/name"), "Ana");
}

TEST_P(Auth, KeepsTheRefreshTokenWhereScriptsCannotReadIt) {
    auto client = stranger();
    auto const cookie = std::string(client.sign_up("ana@example.com").header("set-cookie"));
    for (auto const* part : {"HttpOnly", "SameSite=Strict", "Path=/api/v1/auth", "Max-Age="}) {
        EXPECT_NE(cookie.find(part), cookie.npos) << cookie;
    }
}

TEST_P(Auth, RefusesASecondAccountWithTheSameEmail) {
    owner("ana@example.com");
    auto client = stranger();
    auto const again = client.sign_up("ANA@example.com");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "email_taken");
}

TEST_P(Auth, DoesNotTellAWrongPasswordFromAnUnknownEmail) {
    owner("ana@example.com");
    auto client = stranger();
    auto const log_in = [&](std::string_view email, std::string_view password) {
        return client.post("/api/v1/auth/login", json::object{{"email", email}, {"password", password}});
    };
    auto const wrong = log_in("ana@example.com", "otra frase larga");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.code(), "wrong_credentials");
    EXPECT_EQ(wrong.text, log_in("eva@example.com", "otra frase larga").text);
    EXPECT_EQ(log_in("Ana@example.com", "una frase larga").status, 200);
}

TEST_P(Auth, RotatesTheRefreshTokenAndGivesALostAnswerAgain) {
    auto client = owner();
    auto const first = client.cookie();
    ASSERT_EQ(client.post("/api/v1/auth/refresh").status, 200);
    auto const second = client.cookie();
    EXPECT_NE(first, second);
    client.use_cookie(first);
    ASSERT_EQ(client.post("/api/v1/auth/refresh").status, 200);
    EXPECT_EQ(client.cookie(), second);
    ASSERT_EQ(client.post("/api/v1/auth/refresh").status, 200);
    EXPECT_NE(client.cookie(), second);
}

TEST_P(Auth, GivesFiftyTabsThatRefreshAtOnceTheSameSuccessor) {
    auto client = owner();
    auto const token = client.cookie();
    auto successors = std::vector<std::string>(50);
    {
        auto tabs = std::vector<std::jthread>();
        for (auto& successor : successors) {
            tabs.emplace_back([&] {
                auto tab = stranger();
                tab.use_cookie(token);
                successor = tab.post("/api/v1/auth/refresh").status == 200 ? tab.cookie() : "refused";
            });
        }
    }
    for (auto const& successor : successors) {
        EXPECT_EQ(successor, successors.front());
    }
    EXPECT_NE(successors.front(), "refused");
    client.use_cookie(successors.front());
    EXPECT_EQ(client.post("/api/v1/auth/refresh").status, 200);
    EXPECT_EQ(client.get("/api/v1/auth/sessions")["/items"].as_array().size(), 1U);
}

TEST_P(Auth, RefusesARefreshWithoutOrWithAnInventedCookie) {
    auto client = stranger();
    EXPECT_EQ(client.post("/api/v1/auth/refresh").code(), "refresh_invalid");
    client.use_cookie("apunta_refresh=invented");
    EXPECT_EQ(client.post("/api/v1/auth/refresh").code(), "refresh_invalid");
}

TEST_P(Auth, LogsOutForGood) {
    auto client = owner();
    auto const token = client.cookie();
    EXPECT_EQ(client.post("/api/v1/auth/logout").status, 204);
    EXPECT_EQ(client.cookie(), "apunta_refresh=");
    EXPECT_EQ(client.get("/api/v1/auth/me").code(), "token_invalid");
    client.use_cookie(token);
    EXPECT_EQ(client.post("/api/v1/auth/refresh").status, 401);
    EXPECT_EQ(client.post("/api/v1/auth/logout").status, 204);
}

TEST_P(Auth, ListsTheDevicesAndSignsOneOut) {
    auto phone = owner();
    auto laptop = stranger();
    auto const login =
        laptop.post("/api/v1/auth/login", json::object{{"email", "ana@example.com"}, {"password", "una frase larga"}},
                    {{"User-Agent", "Laptop"}});
    laptop.use_token(login.text_at("/access_token"));
    auto const sessions = phone.get("/api/v1/auth/sessions");
    ASSERT_EQ(sessions["/items"].as_array().size(), 2U);
    auto const is_current = sessions["/items/0/current"].as_bool();
    EXPECT_NE(is_current, sessions["/items/1/current"].as_bool());
    auto const other = std::string(is_current ? "/items/1" : "/items/0");
    EXPECT_EQ(sessions.text_at(other + "/user_agent"), "Laptop");
    EXPECT_EQ(phone.remove("/api/v1/auth/sessions/" + sessions.text_at(other + "/id")).status, 204);
    EXPECT_EQ(laptop.get("/api/v1/auth/me").status, 401);
    EXPECT_EQ(phone.get("/api/v1/auth/me").status, 200);
}

TEST_P(Auth, RefusesPagesOfOtherOrigins) {
    auto client = owner();
    auto const evil = TestClient::Headers{{"Origin", "https://evil.example"}};
    for (auto const* route : {"refresh", "logout", "login", "signup"}) {
        auto const answer = client.send("POST", std::string("/api/v1/auth/") + route, "{}", evil);
        EXPECT_EQ(answer.status, 403) << route;
        EXPECT_EQ(answer.code(), "foreign_origin");
    }
    auto const own = TestClient::Headers{{"Origin", house().url()}};
    EXPECT_EQ(client.send("POST", "/api/v1/auth/refresh", "", own).status, 200);
}

TEST_P(Auth, GoesOnlyToBusinessesOfTheAccount) {
    auto ana = owner("ana@example.com");
    auto eva = owner("eva@example.com");
    auto const business = eva.get("/api/v1/business").text_at("/id");
    auto const switched = eva.post("/api/v1/auth/switch", json::object{{"business_id", business}});
    EXPECT_EQ(switched.text_at("/business/id"), business);
    EXPECT_EQ(ana.post("/api/v1/auth/switch", json::object{{"business_id", business}}).status, 404);
}

} // namespace
} // namespace house
