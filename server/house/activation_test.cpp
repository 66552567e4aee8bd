// Activation: refused with every reason, or answered with what the owner should know.
#include <gmock/gmock.h>

#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Activation : public OpenHouse {
protected:
    std::vector<std::string> refused(TestClient& client) {
        auto const answer = client.post("/api/v1/business/activate");
        EXPECT_EQ(answer.status, 422) << answer.text;
        return codes(answer, "/errors");
    }
    std::vector<std::string> warned(TestClient& client) {
        auto const answer = client.post("/api/v1/business/activate");
        EXPECT_EQ(answer.status, 200) << answer.text;
        return codes(answer, "/warnings");
    }

private:
    static std::vector<std::string> codes(Answer const& answer, std::string_view list) {
        auto found = std::vector<std::string>();
        for (auto const& item : answer[list].as_array())
            found.emplace_back(item.at("code").as_string());
        return found;
    }
};
APUNTA_ON_EACH_ENGINE(Activation);

class ActivationWithoutWhatsApp : public Activation {
    void configure(Config& config) const override { config.demo = false; }
};
APUNTA_ON_EACH_ENGINE(ActivationWithoutWhatsApp);

TEST_P(ActivationWithoutWhatsApp, NamesAllThatIsMissingAtOnce) {
    auto client = owner();
    EXPECT_THAT(refused(client), ElementsAre("no_services", "no_hours", "no_channel"));
    EXPECT_TRUE(client.get("/api/v1/business")["/activated_at"].is_null());
}

TEST_P(Activation, WantsAServiceThatSomebodyDoesAndWorksFor) {
    auto client = owner();
    auto const me = first_staff(client);
    open_every_day(client);
    auto const service = "/api/v1/services/" + add_service(client, "Corte", {{"staff_ids", json::array()}});
    EXPECT_THAT(refused(client), ElementsAre("nobody_performs"));
    ASSERT_EQ(client.patch(service, {{"version", 1}, {"staff_ids", nullptr}, {"active", false}}).status, 200);
    EXPECT_THAT(refused(client), ElementsAre("no_services"));
    ASSERT_EQ(client.patch(service, {{"version", 2}, {"active", true}}).status, 200);
    auto const hours = "/api/v1/business/hours?staff_id=" + me;
    ASSERT_EQ(client.put(hours, {{"version", 1}, {"weekly", everyday("20:00", "22:00")}}).status, 200);
    EXPECT_THAT(refused(client), ElementsAre("nobody_works"));
    ASSERT_EQ(client.put(hours, {{"version", 2}, {"weekly", everyday("19:00", "22:00")}}).status, 200);
    EXPECT_THAT(warned(client), ElementsAre("no_address"));
}

TEST_P(Activation, SaysWhatIsOddWithoutRefusing) {
    auto client = owner();
    open_every_day(client);
    add_service(client, "Corte");
    add_service(client, "Tinte", {{"staff_ids", json::array()}});
    ASSERT_EQ(client
                  .patch("/api/v1/business",
                         {{"version", 1},
                          {"address", "Calle Mayor 3"},
                          {"assistant", json::object{{"mode", "off"}, {"paused_until", "2026-10-20T10:00:00Z"}}}})
                  .status,
              200);
    EXPECT_THAT(warned(client), ElementsAre("not_bookable", "assistant_off", "paused"));
    ASSERT_EQ(client
                  .patch("/api/v1/business",
                         {{"version", 3}, {"assistant", json::object{{"mode", "suggest"}, {"paused_until", nullptr}}}})
                  .status,
              200);
    EXPECT_THAT(warned(client), ElementsAre("not_bookable", "suggests_only"));
}

TEST_P(Activation, KeepsWhereTheOwnerIsInHerOnboarding) {
    auto client = owner();
    EXPECT_EQ(client.get("/api/v1/business")["/onboarding/step"], 1);
    auto const step = client.patch("/api/v1/business", {{"version", 1}, {"onboarding", json::object{{"step", 4}}}});
    EXPECT_EQ(step["/onboarding/step"], 4);
    EXPECT_TRUE(step["/onboarding/completed_at"].is_null());
    auto const done = client.patch(
        "/api/v1/business",
        {{"version", 2}, {"onboarding", json::object{{"step", 5}, {"completed_at", "2026-10-19T10:00:00+02:00"}}}});
    EXPECT_EQ(done.text_at("/onboarding/completed_at"), "2026-10-19T10:00:00+02:00");
    for (auto const step_outside : {0, 6}) {
        auto const wrong = json::object{{"version", 3}, {"onboarding", json::object{{"step", step_outside}}}};
        EXPECT_EQ(client.patch("/api/v1/business", wrong).field(), "onboarding.step");
    }
}

} // namespace
} // namespace house
