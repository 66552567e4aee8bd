// Changes of the configuration that arrive at the same moment.
#include <algorithm>
#include <functional>
#include <thread>

#include "house/open_house_test.hpp"

namespace house {
namespace {

class Race : public OpenHouse {
protected:
    /// Eight clients of one owner at once; their answers.
    std::vector<Answer> all_at_once(TestClient const& owner, std::function<Answer(TestClient&, int)> const& act) {
        auto answers = std::vector<Answer>(8);
        auto clients = std::vector<std::jthread>();
        for (auto i = 0; i < 8; ++i) {
            clients.emplace_back([&, i] {
                auto client = stranger();
                client.use_token(owner.token());
                answers[static_cast<std::size_t>(i)] = act(client, i);
            });
        }
        clients.clear();
        return answers;
    }
};
APUNTA_ON_EACH_ENGINE(Race);

auto count(std::vector<Answer> const& answers, int status) {
    return std::ranges::count_if(answers, [&](Answer const& answer) { return answer.status == status; });
}

TEST_P(Race, ADateGetsOneException) {
    auto client = owner();
    auto const answers = all_at_once(client, [](TestClient& one, int) {
        return one.post("/api/v1/business/exceptions", json::object{{"date", "2026-12-25"}, {"closed", true}});
    });
    EXPECT_EQ(count(answers, 201), 1);
    EXPECT_EQ(count(answers, 409), 7);
    EXPECT_EQ(client.get("/api/v1/business/exceptions")["/items"].as_array().size(), 1U);
}

TEST_P(Race, ANameGoesToOneService) {
    auto client = owner();
    auto const answers = all_at_once(client, [](TestClient& one, int) {
        return one.post("/api/v1/services", json::object{{"name", "Corte"}, {"duration_minutes", 30}});
    });
    EXPECT_EQ(count(answers, 201), 1);
    for (auto const& answer : answers) {
        EXPECT_TRUE(answer.status == 201 || answer.field() == "name") << answer.text;
    }
    EXPECT_EQ(count(answers, 409), 7);
}

TEST_P(Race, OneKeyMakesOneStaffMemberWhoeverComesFirst) {
    auto client = owner();
    auto const answers = all_at_once(client, [](TestClient& one, int) {
        return one.post("/api/v1/staff", json::object{{"name", "Bea"}}, {{"Idempotency-Key", "k"}});
    });
    EXPECT_EQ(count(answers, 201), 8);
    for (auto const& answer : answers) {
        EXPECT_EQ(answer.text, answers.front().text);
    }
    EXPECT_EQ(client.get("/api/v1/staff")["/items"].as_array().size(), 2U);
}

TEST_P(Race, TheLastOfManyWhoLeaveStays) {
    auto client = owner();
    for (auto i = 1; i < 8; ++i) {
        ASSERT_EQ(client.post("/api/v1/staff", json::object{{"name", "Bea"}}).status, 201);
    }
    auto const staff = client.get("/api/v1/staff");
    auto const answers = all_at_once(client, [&](TestClient& one, int i) {
        return one.remove("/api/v1/staff/" + staff.text_at("/items/" + std::to_string(i) + "/id"));
    });
    EXPECT_EQ(count(answers, 200), 7);
    EXPECT_EQ(count(answers, 409), 1);
    EXPECT_EQ(client.get("/api/v1/staff")["/items"].as_array().size(), 1U);
}

TEST_P(Race, OneOfManyChangesToTheSameVersionIsTaken) {
    auto client = owner();
    auto const answers = all_at_once(client, [](TestClient& one, int i) {
        return one.put("/api/v1/business/hours",
                       json::object{{"version", 1}, {"weekly", everyday("09:00", i % 2 == 0 ? "13:00" : "14:00")}});
    });
    EXPECT_EQ(count(answers, 200), 1);
    EXPECT_EQ(count(answers, 409), 7);
    EXPECT_EQ(client.get("/api/v1/business/hours")["/version"], 2);
}

} // namespace
} // namespace house
