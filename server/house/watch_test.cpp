// What the operator sees of a house: its numbers, and the lines of its log.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <charconv>
#include <regex>

#include "api/http/raw_client.hpp"
#include "base/log.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::HasSubstr;
using testing::Not;

class Watched : public OpenHouse {
protected:
    std::string metrics() {
        auto const answer = stranger().get("/metrics");
        EXPECT_EQ(answer.status, 200);
        return answer.text;
    }
    /// The value of a series as Prometheus would store it; 0 when it is not there.
    double value(std::string const& series) {
        auto const text = "\n" + metrics();
        auto const at = text.find("\n" + series + " ");
        return at == text.npos ? 0 : std::stod(text.substr(at + series.size() + 2));
    }
    int status_of(std::string const& request) {
        auto const url = house().url();
        auto client = api::http::RawClient(static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1))));
        client.send(request);
        return client.receive().status;
    }
    void book_by_chat(TestClient& client) {
        open_every_day(client);
        add_service(client, "Corte de mujer");
        for (auto const* text : {"Hola, quiero un corte de mujer el miércoles a las 10, soy Lucía", "sí"}) {
            auto const sent = client.post("/api/v1/simulator/messages", {{"from", "+34600111222"}, {"text", text}});
            EXPECT_EQ(sent.status, 202) << sent.text;
            house().advance_clock(house().business_clock().now());
        }
    }
};
APUNTA_ON_EACH_ENGINE(Watched);

TEST_P(Watched, CountsRequestsByPatternAndClass) {
    auto client = owner();
    auto const service = add_service(client, "Corte");
    client.get("/api/v1/services/" + service);
    client.get("/api/v1/services/none");
    client.get("/api/v1/nowhere");
    auto const route = std::string(R"(apunta_http_requests_total{method="GET",route="/api/v1/services/{id}",status=")");
    EXPECT_EQ(value(route + "2xx\"}"), 1);
    EXPECT_EQ(value(route + "4xx\"}"), 1);
    EXPECT_EQ(value(R"(apunta_http_requests_total{method="other",route="none",status="4xx"})"), 1);
    EXPECT_EQ(value(R"(apunta_http_request_seconds_count{method="GET",route="/api/v1/services/{id}"})"), 2);
    EXPECT_GE(value(R"(apunta_http_connections)"), 1);
}

TEST_P(Watched, CountsRequestsThatAreRefusedBeforeTheyAreRead) {
    EXPECT_EQ(status_of("BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 501);
    EXPECT_EQ(status_of("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    EXPECT_EQ(value(R"(apunta_http_rejections_total{code="method_not_implemented"})"), 1);
    EXPECT_EQ(value(R"(apunta_http_rejections_total{code="target_too_long"})"), 1);
}

TEST_P(Watched, CountsWhatTheHouseDoes) {
    auto client = owner();
    book_by_chat(client);
    auto const booking = "/api/v1/bookings/" + client.get("/api/v1/bookings").text_at("/items/0/id");
    ASSERT_EQ(client.post(booking + "/cancel", json::object{{"version", 1}, {"notify", false}}).status, 200);
    stranger().post("/api/v1/auth/login", {{"email", "ana@example.com"}, {"password", "not the password"}});
    EXPECT_EQ(value(R"(apunta_booking_changes_total{action="created",origin="guided"})"), 1);
    EXPECT_EQ(value(R"(apunta_booking_changes_total{action="cancelled",origin="owner"})"), 1);
    EXPECT_EQ(value(R"(apunta_turns_total{outcome="answered",reason=""})"), 2);
    EXPECT_EQ(value("apunta_reply_seconds_count"), 2);
    EXPECT_EQ(value(R"(apunta_outbox_messages_total{reason="confirmation",state="queued"})"), 1);
    EXPECT_GE(value(R"(apunta_outbox_messages_total{reason="",state="sent"})"), 2);
    EXPECT_EQ(value(R"(apunta_logins_total{outcome="wrong_credentials"})"), 1);
    EXPECT_EQ(value(R"(apunta_whatsapp_sessions{kind="simulator",state="online"})"), 1);
    EXPECT_EQ(value("apunta_inbox_waiting"), 0);
    EXPECT_EQ(value("apunta_database_up"), 1);
    auto const engine = store::engine_name(GetParam());
    EXPECT_GE(value("apunta_database_write_seconds_count{engine=\"" + engine + "\"}"), 5);
    EXPECT_GT(value("process_resident_memory_bytes"), 1e6);
}

TEST_P(Watched, SaysNothingAboutAnybody) {
    auto client = owner();
    book_by_chat(client);
    auto const text = metrics();
    EXPECT_FALSE(std::regex_search(text, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-"))) << "an id";
    for (auto const* secret : {"600111222", "ana@", "example", "Luc", "Corte"})
        EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST_P(Watched, IsThereForThisMachineAlone) {
    for (auto const* header : {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"}) {
        auto const proxied = stranger().send("GET", "/metrics", "", {{header, "203.0.113.9"}});
        auto const nowhere = stranger().get("/nowhere");
        EXPECT_EQ(proxied.status, 404) << header;
        EXPECT_EQ(proxied.text, nowhere.text) << header;
    }
    EXPECT_EQ(stranger().get("/metrics?x=1").field(), "x");
}

std::vector<std::string> lines_with(std::string const& log, std::string const& text) {
    auto found = std::vector<std::string>();
    auto stream = std::istringstream(log);
    for (auto line = std::string(); std::getline(stream, line);) {
        if (line.find(text) != line.npos) found.push_back(line);
    }
    return found;
}

TEST_P(Watched, LeavesALineForEachRequestUnderTheIdThatItsAnswerCarries) {
    auto client = owner();
    testing::internal::CaptureStderr();
    auto const answer = client.get("/api/v1/services/none");
    stranger().get("/healthz");
    auto const log = testing::internal::GetCapturedStderr();
    auto const id = std::string(answer.header("x-request-id"));
    ASSERT_FALSE(id.empty());
    auto const lines = lines_with(log, id);
    ASSERT_EQ(lines.size(), 1U) << log;
    auto const line = json::parse(lines.front());
    EXPECT_EQ(line.at("event"), "http.request");
    EXPECT_EQ(line.at("route"), "/api/v1/services/{id}");
    EXPECT_EQ(line.at("status"), 404);
    EXPECT_EQ(line.at("business"), client.get("/api/v1/business")["/id"]);
    EXPECT_FALSE(line.at("session").as_string().empty());
    EXPECT_THAT(log, Not(HasSubstr("healthz"))) << "probes are for debugging";
    EXPECT_THAT(log, Not(HasSubstr("none\""))) << "the path as it was sent";
}

TEST_P(Watched, LetsAMessageBeFollowedByIdsAndByNothingElse) {
    auto client = owner();
    testing::internal::CaptureStderr();
    book_by_chat(client);
    auto const log = testing::internal::GetCapturedStderr();
    auto const ends = lines_with(log, "turn.ended");
    ASSERT_EQ(ends.size(), 2U) << log;
    auto const turn = json::parse(ends.back());
    auto const received = lines_with(log, std::string(turn.at("last_message").as_string()));
    EXPECT_THAT(received, testing::Contains(HasSubstr("inbox.received")));
    auto const of_turn = lines_with(log, std::string(turn.at("turn").as_string()));
    auto const queued =
        std::ranges::find_if(of_turn, [](std::string const& line) { return line.find("outbox.queued") != line.npos; });
    ASSERT_NE(queued, of_turn.end()) << log;
    auto const message = json::parse(*queued).at("message");
    EXPECT_THAT(lines_with(log, std::string(message.as_string())), testing::Contains(HasSubstr("\"state\":\"sent\"")));
    for (auto const* secret : {"600111222", "Corte", "quiero", "Lucía", "example.com", "Bearer", "eyJ"})
        EXPECT_THAT(log, Not(HasSubstr(secret)));
}

} // namespace
} // namespace house
