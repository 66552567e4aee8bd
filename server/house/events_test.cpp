// Live events over a WebSocket.
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "api/http/raw_client.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

using api::http::RawClient;

/// A browser's end of the socket: texts of less than 64 KiB.
class Dashboard {
public:
    Dashboard(std::string const& url, std::string const& ticket, std::string const& more = {})
        : connection_(static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)))) {
        connection_.send(fmt::format("GET /api/v1/events HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\n"
                                     "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                     "Sec-WebSocket-Protocol: apunta.v1, ticket.{}\r\n{}\r\n",
                                     url.substr(url.find("//") + 2), ticket, more));
        opening_ = connection_.receive();
    }
    api::http::RawAnswer const& opening() const { return opening_; }

    void say(json::value const& value) {
        auto const text = json::serialize(value);
        connection_.send(std::string("\x81") + static_cast<char>(0x80 | text.size()) + std::string(4, '\0') + text);
    }
    /// The next frame; null when the server closed.
    json::value hear() {
        auto const start = connection_.bytes(2);
        if (!start || ((*start)[0] & 0x0f) != 1) return nullptr;
        auto length = static_cast<std::size_t>((*start)[1]);
        if (length == 126) {
            auto const more = connection_.bytes(2).value_or(std::string(2, '\0'));
            length = static_cast<std::size_t>(static_cast<unsigned char>(more[0])) << 8 |
                     static_cast<unsigned char>(more[1]);
        }
        auto frame = json::parse(connection_.bytes(length).value_or("null"));
        for (auto const& breach : api::contract().mismatches("Event", frame)) {
            ADD_FAILURE() << breach;
        }
        return frame;
    }
    /// The next frame of this type; what comes before it is passed over.
    json::value hear(std::string_view type) {
        auto frame = hear();
        while (!frame.is_null() && frame.at("type").as_string() != type) {
            frame = hear();
        }
        return frame;
    }

private:
    RawClient connection_;
    api::http::RawAnswer opening_;
};

class LiveEvents : public OpenHouse {
protected:
    void SetUp() override {
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        cut_ = add_service(client(), "Corte");
    }
    TestClient& client() { return *client_; }
    std::string ticket() {
        auto const answer = client().post("/api/v1/events/ticket");
        EXPECT_EQ(answer["/expires_in"], 30);
        return answer.text_at("/ticket");
    }
    Dashboard dashboard(std::string const& ticket, std::string const& more = {}) {
        return Dashboard(house().url(), ticket, more);
    }
    Dashboard dashboard() { return dashboard(ticket()); }
    Answer book(std::string_view time) {
        return client().post("/api/v1/bookings",
                             {{"service_id", cut_},
                              {"starts_at", fmt::format("2026-10-20T{}:00+02:00", time)},
                              {"customer", json::object{{"name", "Lucía"}, {"phone", "+34600999888"}}}});
    }
    static std::int64_t id_of(json::value const& frame) { return std::stoll(std::string(frame.at("id").as_string())); }

private:
    std::unique_ptr<TestClient> client_;
    std::string cut_;
};
APUNTA_ON_EACH_ENGINE(LiveEvents);

TEST_P(LiveEvents, ShowTheResourceAsTheApiDoes) {
    auto live = dashboard();
    ASSERT_EQ(live.opening().status, 101) << live.opening().body;
    EXPECT_THAT(live.opening().head, testing::HasSubstr("apunta.v1\r\n"));
    live.say(json::object());
    auto made = book("10:00");
    auto const frame = live.hear("booking.created");
    auto booking = made.body.as_object();
    booking.erase("history");
    EXPECT_EQ(frame.at("data"), json::value(booking));
    ASSERT_EQ(client().post("/api/v1/simulator/messages", {{"from", "+34600111222"}, {"text", "hola"}}).status, 202);
    EXPECT_EQ(live.hear("message.created").at("data").at("text"), "hola");
    auto const chat = live.hear("conversation.updated").at("data");
    EXPECT_EQ(chat.at("customer").at("phone"), "+34600111222");
}

TEST_P(LiveEvents, ComeWithoutAWordFromTheClientToo) {
    auto live = dashboard();
    auto const made = book("10:00");
    EXPECT_EQ(live.hear("booking.created").at("data").at("id"), made["/id"]);
}

TEST_P(LiveEvents, GoOnAfterABreakWithoutGapOrRepeat) {
    auto first = std::make_unique<Dashboard>(house().url(), ticket());
    first->say(json::object());
    book("09:00");
    auto const last = first->hear("booking.created");
    first.reset();
    for (auto const* time : {"10:00", "11:00", "12:00"}) {
        ASSERT_EQ(book(time).status, 201);
    }
    auto second = dashboard();
    second.say(json::object{{"after", last.at("id")}});
    auto next = id_of(last);
    for (auto i = 0; i < 3; ++i) {
        EXPECT_EQ(id_of(second.hear()), ++next);
    }
    book("13:00");
    EXPECT_EQ(id_of(second.hear()), ++next);
}

TEST_P(LiveEvents, TellAClientToLoadAnewWhatTheyCannotTell) {
    for (auto const& after : {json::value("999999"), json::value(999999), json::value("x"), json::value(-3)}) {
        auto live = dashboard();
        live.say(json::object{{"after", after}});
        EXPECT_EQ(live.hear(), json::value(json::object{{"type", "resync"}})) << after;
    }
    auto const trimmed = house().database().write([](store::Tx& tx) -> base::Result<void> {
        tx.run("DELETE FROM change WHERE seq = 1");
        return {};
    });
    ASSERT_TRUE(trimmed);
    auto live = dashboard();
    live.say(json::object{{"after", "0"}});
    EXPECT_EQ(live.hear().at("type"), "resync");
    book("10:00");
    EXPECT_EQ(live.hear().at("type"), "customer.created") << "and go on from there";
}

TEST_P(LiveEvents, LetATicketInOnce) {
    auto const used = ticket();
    EXPECT_EQ(dashboard(used).opening().status, 101);
    EXPECT_EQ(dashboard(used).opening().status, 401);
    EXPECT_EQ(dashboard("invented").opening().status, 401);
    EXPECT_EQ(dashboard(ticket(), "Origin: https://evil.example\r\n").opening().status, 403);
    EXPECT_EQ(dashboard(ticket(), "Origin: " + house().url() + "\r\n").opening().status, 101);
    EXPECT_EQ(client().get("/api/v1/events").status, 426);
}

TEST_P(LiveEvents, StayInTheirBusiness) {
    auto live = dashboard();
    live.say(json::object());
    auto eva = owner("eva@example.com");
    open_every_day(eva);
    auto const made = book("10:00");
    EXPECT_EQ(live.hear().at("data").at("id"), made["/customer/id"]);
    EXPECT_EQ(live.hear().at("data").at("id"), made["/id"]);
}

TEST_P(LiveEvents, EndWithTheSession) {
    auto live = dashboard();
    live.say(json::object());
    auto second = stranger();
    auto const login =
        second.post("/api/v1/auth/login", {{"email", "ana@example.com"}, {"password", "una frase larga"}});
    second.use_token(login.text_at("/access_token"));
    auto const sessions = second.get("/api/v1/auth/sessions");
    for (auto const& session : sessions["/items"].as_array()) {
        if (session.at("current").as_bool()) continue;
        EXPECT_EQ(second.remove("/api/v1/auth/sessions/" + std::string(session.at("id").as_string())).status, 204);
    }
    ASSERT_EQ(second.post("/api/v1/staff", {{"name", "Bea"}}).status, 201);
    EXPECT_TRUE(live.hear().is_null());
}

} // namespace
} // namespace house
