// Chats over HTTP: what the owner sees of them, and how she steps in.
#include <gmock/gmock.h>

#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr auto lucia = "+34600111222";

class Chats : public OpenHouse {
protected:
    void SetUp() override {
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        cut_ = add_service(client(), "Corte de mujer");
    }
    TestClient& client() { return *client_; }
    std::string const& cut() const { return cut_; }

    void settle() { house().advance_clock(house().business_clock().now()); }
    void write(std::string_view text, std::string_view from = lucia) {
        auto const answer =
            client().post("/api/v1/simulator/messages", {{"from", from}, {"name", "Lucía"}, {"text", text}});
        EXPECT_EQ(answer.status, 202) << answer.text;
        settle();
    }
    std::size_t shown(std::string_view phone = lucia) {
        return client().get("/api/v1/simulator/messages?customer=" + api::escape(phone))["/items"].as_array().size();
    }
    std::string chat() {
        return "/api/v1/conversations/" + client().get("/api/v1/conversations").text_at("/items/0/id");
    }
    std::string who() { return client().get(chat()).text_at("/answering/who"); }

private:
    std::unique_ptr<TestClient> client_;
    std::string cut_;
};
APUNTA_ON_EACH_ENGINE(Chats);

TEST_P(Chats, ShowABookingMadeByChatWithTheStepsThatLedToIt) {
    write("Hola, quiero un corte de mujer el miércoles a las 10, soy Lucía");
    write("sí");
    auto const bookings = client().get("/api/v1/bookings");
    ASSERT_THAT(bookings["/items"].as_array(), SizeIs(1)) << client().get(chat() + "/messages").text;
    EXPECT_EQ(bookings.text_at("/items/0/origin"), "guided");
    EXPECT_EQ(bookings.text_at("/items/0/starts_at"), "2026-10-21T10:00:00+02:00");
    EXPECT_EQ(bookings.text_at("/items/0/customer/phone"), lucia);
    auto const messages = client().get(chat() + "/messages");
    auto steps = std::vector<std::string>();
    for (auto const& message : messages["/items"].as_array()) {
        for (auto const& step : message.at("tool_steps").as_array()) {
            steps.emplace_back(step.at("summary").as_string());
        }
    }
    EXPECT_THAT(steps, testing::Contains("Reservó Corte de mujer el miércoles 21 de octubre a las 10:00"));
    auto const booked = [](json::value const& message) { return !message.at("booking_id").is_null(); };
    auto const& items = messages["/items"].as_array();
    auto const told = std::ranges::find_if(items, booked);
    ASSERT_NE(told, items.end());
    EXPECT_EQ(told->at("booking_id"), bookings["/items/0/id"]);
}

TEST_P(Chats, AreListedNewestFirstInPages) {
    write("hola", "+34600000001");
    house().advance_clock(house().business_clock().now() + base::Minutes(1));
    write("hola", "+34600000002");
    house().advance_clock(house().business_clock().now() + base::Minutes(1));
    write("hola", "+34600000003");
    auto phones = std::vector<std::string>();
    auto cursor = std::string();
    do {
        auto const page = client().get("/api/v1/conversations?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (auto const& item : page["/items"].as_array()) {
            phones.emplace_back(item.at("customer").at("phone").as_string());
        }
        cursor = page["/next_cursor"].is_null() ? "" : page.text_at("/next_cursor");
    } while (!cursor.empty());
    EXPECT_THAT(phones, testing::ElementsAre("+34600000003", "+34600000002", "+34600000001"));
}

TEST_P(Chats, GiveTheirMessagesFromTheNewestBack) {
    for (auto const* text : {"uno", "dos", "tres"}) {
        write(text);
    }
    auto const all = client().get(chat() + "/messages");
    auto const& items = all["/items"].as_array();
    ASSERT_GE(items.size(), 6U);
    auto back = std::vector<json::value>();
    auto cursor = std::string();
    do {
        auto const page = client().get(chat() + "/messages?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        auto const& part = page["/items"].as_array();
        back.insert(back.begin(), part.begin(), part.end());
        cursor = page["/next_cursor"].is_null() ? "" : page.text_at("/next_cursor");
    } while (!cursor.empty());
    EXPECT_EQ(json::array(back.begin(), back.end()), items);
    EXPECT_EQ(items.front().at("text"), "uno");
    EXPECT_EQ(items.front().at("direction"), "in");
    EXPECT_EQ(client().get(chat() + "/messages?cursor=x").field(), "cursor");
}

TEST_P(Chats, AreSilentWhileTheOwnerHasThem) {
    write("hola");
    auto const before = shown();
    EXPECT_EQ(client().post("/api/v1/simulator/owner-messages", {{"to", lucia}, {"text", "Soy Ana"}}).status, 202);
    settle();
    EXPECT_EQ(who(), "owner");
    write("¿me das hora?");
    EXPECT_EQ(shown(), before);
    auto const resumed = client().post(chat() + "/resume", json::object());
    EXPECT_EQ(resumed.text_at("/answering/who"), "assistant");
    write("¿me das hora?");
    EXPECT_GT(shown(), before);
}

TEST_P(Chats, ArePausedResumedAndLeftForGood) {
    write("hola");
    auto const paused = client().post(chat() + "/pause", json::object{{"until", "2026-10-19T12:00:00+02:00"}});
    EXPECT_EQ(paused.text_at("/answering/who"), "paused");
    EXPECT_EQ(paused.text_at("/answering/until"), "2026-10-19T12:00:00+02:00");
    house().advance_clock(base::parse_instant("2026-10-19T12:01:00+02:00").value());
    EXPECT_EQ(who(), "assistant") << "the pause ends by itself";
    EXPECT_EQ(client().post(chat() + "/pause", json::object{{"until", "2026-10-19T09:00:00+02:00"}}).field(), "until");
    auto const never = client().post(chat() + "/never");
    EXPECT_EQ(never.text_at("/answering/who"), "paused");
    EXPECT_EQ(never["/answering/never"], true);
    EXPECT_EQ(client().post(chat() + "/never").text, never.text) << "pressed twice";
    auto const before = shown();
    write("hola");
    EXPECT_EQ(shown(), before);
    auto const stale = client().post(chat() + "/resume", json::object{{"version", 1}});
    EXPECT_EQ(stale.code(), "version_conflict");
    EXPECT_EQ(stale["/current/answering/never"], true);
    auto const resumed = client().post(chat() + "/resume");
    EXPECT_EQ(resumed.text_at("/answering/who"), "assistant");
    EXPECT_EQ(client().post(chat() + "/resume").text, resumed.text) << "pressed twice";
}

TEST_P(Chats, CarryTheOwnersWordsOnce) {
    write("hola");
    auto const before = shown();
    auto const key = TestClient::Headers{{"Idempotency-Key", "k"}};
    auto const body = json::object{{"text", "Le llamo luego"}};
    auto const written = client().post(chat() + "/messages", body, key);
    ASSERT_EQ(written.status, 201) << written.text;
    EXPECT_EQ(written.text_at("/author"), "owner_panel");
    EXPECT_EQ(client().post(chat() + "/messages", body, key).text, written.text);
    settle();
    EXPECT_EQ(shown(), before + 1);
    EXPECT_EQ(who(), "owner");
    EXPECT_EQ(client().get(chat() + "/messages")["/items"].as_array().back().at("status"), "sent");
    EXPECT_EQ(client().post(chat() + "/messages", json::object{{"text", ""}}).field(), "text");
}

TEST_P(Chats, TakeNoWordsWhileNothingCanSendThem) {
    write("hola");
    auto const messages = client().get(chat() + "/messages");
    auto const gone = house().database().write([](store::Tx& tx) -> base::Result<void> {
        tx.run("DELETE FROM whatsapp_session");
        return {};
    });
    ASSERT_TRUE(gone);
    auto const refused = client().post(chat() + "/messages", json::object{{"text", "Le llamo luego"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "no_channel");
    EXPECT_EQ(client().get(chat() + "/messages").text, messages.text);
    EXPECT_EQ(who(), "assistant") << "nothing was taken over";
}

TEST_P(Chats, AreReadWhenTheOwnerHasSeenThem) {
    write("hola");
    ASSERT_EQ(client().get(chat())["/unread"], 1);
    EXPECT_EQ(client().post(chat() + "/seen").status, 204);
    EXPECT_EQ(client().get(chat())["/unread"], 0);
}

} // namespace
} // namespace house
