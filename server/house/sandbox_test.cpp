// Trying the assistant before it speaks to anybody: a sandbox over HTTP, from its making to its last row.
#include <gmock/gmock.h>

#include "house/housekeeping.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto lucia = "+34600111222";

/// No demo: a new business has no simulator.
class Sandbox : public OpenHouse {
protected:
    void configure(Config& config) const override { config.demo = false; }
    void SetUp() override {
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        add_service(client(), "Corte de mujer");
    }
    TestClient& client() { return *client_; }
    Answer write(std::string_view text) {
        auto answer = client().post("/api/v1/simulator/messages", {{"from", lucia}, {"text", text}});
        house().advance_clock(house().business_clock().now());
        return answer;
    }
    /// A client whose token is for the sandbox.
    TestClient inside(std::string const& sandbox) {
        auto there = client();
        auto const entered = there.post("/api/v1/auth/switch", {{"business_id", sandbox}});
        EXPECT_EQ(entered.status, 200) << entered.text;
        there.use_token(entered.text_at("/access_token"));
        return there;
    }
    /// Tables in which any column of any row has this text.
    std::vector<std::string> tables_with(std::string const& text) {
        auto found = std::vector<std::string>();
        for (auto const& table : texts(sqlite() ? "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                                : "SELECT table_name FROM information_schema.tables "
                                                  "WHERE table_schema = 'public'")) {
            auto condition = std::string("0 = 1");
            for (auto const& column : texts(columns_of(table)))
                condition += " OR CAST(" + column + " AS TEXT) LIKE '%" + text + "%'";
            if (texts("SELECT count(*) FROM " + table + " WHERE " + condition).front() != "0") found.push_back(table);
        }
        return found;
    }

private:
    bool sqlite() const { return GetParam() == store::Engine::sqlite; }
    std::string columns_of(std::string const& table) const {
        return sqlite() ? "SELECT name FROM pragma_table_info('" + table + "')"
                        : "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
                          "table_name = '" +
                              table + "'";
    }
    std::vector<std::string> texts(std::string const& sql) {
        return house()
            .database()
            .read([&](store::Tx& tx) -> base::Result<std::vector<std::string>> {
                return tx.all("SELECT CAST(v AS TEXT) FROM (" + aliased(sql) + ") t", {},
                              [](store::Row const& row) { return row.string(0); });
            })
            .value();
    }
    static std::string aliased(std::string sql) { return sql.insert(sql.find(" FROM "), " AS v"); }

    std::unique_ptr<TestClient> client_;
};
APUNTA_ON_EACH_ENGINE(Sandbox);

TEST_P(Sandbox, GivesABusinessASimulatorToTryTheRealAssistantOn) {
    EXPECT_EQ(write("hola").code(), "no_simulator");
    auto const made = client().post("/api/v1/sandbox");
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made["/sandbox"], true);
    ASSERT_EQ(write("Hola, quiero un corte de mujer el miércoles a las 10, soy Lucía").status, 202);
    write("sí");
    EXPECT_THAT(client().get("/api/v1/simulator/messages?customer=" + api::escape(lucia)).text, HasSubstr("10:00"));
    EXPECT_THAT(client().get("/api/v1/bookings")["/items"].as_array(), IsEmpty()) << "her own calendar stays empty";

    auto there = inside(made.text_at("/id"));
    EXPECT_THAT(there.get("/api/v1/bookings")["/items"].as_array(), SizeIs(1));
    auto const chat = there.get("/api/v1/conversations").text_at("/items/0/id");
    EXPECT_THAT(there.get("/api/v1/conversations/" + chat + "/messages").text, HasSubstr("Reservó Corte de mujer"));
}

TEST_P(Sandbox, IsMarkedWhereverABusinessIsNamed) {
    auto const made = client().post("/api/v1/sandbox");
    auto there = inside(made.text_at("/id"));
    EXPECT_EQ(there.get("/api/v1/business")["/sandbox"], true);
    auto const me = there.get("/api/v1/auth/me");
    EXPECT_EQ(me["/business/sandbox"], true);
    ASSERT_THAT(me["/businesses"].as_array(), SizeIs(2));
    EXPECT_EQ(me["/businesses/0/sandbox"], false);
    EXPECT_EQ(me["/businesses/1/sandbox"], true);
}

TEST_P(Sandbox, AnswersAndRemindsNobodyWhateverTheBusinessHasSet) {
    auto const off = json::object{{"version", 1}, {"assistant", json::object{{"mode", "off"}}}};
    ASSERT_EQ(client().patch("/api/v1/business", off).status, 200);
    auto there = inside(client().post("/api/v1/sandbox").text_at("/id"));
    auto const shadow = there.get("/api/v1/business");
    EXPECT_EQ(shadow.text_at("/assistant/mode"), "always");
    EXPECT_EQ(shadow["/reminders/day_before"], false);
    EXPECT_EQ(client().get("/api/v1/business").text_at("/assistant/mode"), "off");
}

TEST_P(Sandbox, HasNoSandboxAndIsNotActivated) {
    auto there = inside(client().post("/api/v1/sandbox").text_at("/id"));
    EXPECT_EQ(there.post("/api/v1/sandbox").code(), "is_sandbox");
    EXPECT_EQ(there.post("/api/v1/business/activate").code(), "is_sandbox");
}

TEST_P(Sandbox, IsReplacedByTheNextWithTheConfigurationOfThen) {
    auto const first = client().post("/api/v1/sandbox").text_at("/id");
    auto lost = inside(first);
    add_service(client(), "Tinte completo");
    auto const second = client().post("/api/v1/sandbox").text_at("/id");
    ASSERT_NE(second, first);
    EXPECT_EQ(lost.get("/api/v1/business").status, 401) << "nobody belongs to it any more";
    EXPECT_EQ(client().post("/api/v1/auth/switch", {{"business_id", first}}).status, 404);
    EXPECT_THAT(client().get("/api/v1/auth/me")["/businesses"].as_array(), SizeIs(2));
    auto there = inside(second);
    EXPECT_THAT(there.get("/api/v1/services")["/items"].as_array(), SizeIs(2));
}

TEST_P(Sandbox, IsMadeOnceForAKeyAndTwentyTimesADay) {
    auto const key = TestClient::Headers{{"Idempotency-Key", "k"}};
    auto const first = client().post("/api/v1/sandbox", json::object(), key);
    EXPECT_EQ(client().post("/api/v1/sandbox", json::object(), key).text, first.text);
    for (auto i = 1; i < 20; ++i)
        ASSERT_EQ(client().post("/api/v1/sandbox").status, 201) << i;
    auto const refused = client().post("/api/v1/sandbox");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.code(), "rate_limited");
    EXPECT_FALSE(refused.header("retry-after").empty());
}

TEST_P(Sandbox, LeavesNoRowBehindAfterADay) {
    auto const sandbox = client().post("/api/v1/sandbox").text_at("/id");
    write("Hola, quiero un corte de mujer el miércoles a las 10, soy Lucía");
    write("sí");
    auto there = inside(sandbox);
    ASSERT_EQ(there.post("/api/v1/staff", json::object{{"name", "Eva"}}, {{"Idempotency-Key", "k"}}).status, 201);
    ASSERT_THAT(there.get("/api/v1/bookings")["/items"].as_array(), SizeIs(1));
    ASSERT_THAT(tables_with(sandbox), SizeIs(testing::Ge(15U)));
    ASSERT_FALSE(tables_with("600111222").empty());

    auto const made = base::SystemClock().now();
    ASSERT_TRUE(throw_away_sandboxes(house().database(), made + std::chrono::hours(23)));
    EXPECT_FALSE(tables_with(sandbox).empty());
    ASSERT_TRUE(throw_away_sandboxes(house().database(), made + std::chrono::hours(24)));
    EXPECT_THAT(tables_with(sandbox), IsEmpty());
    EXPECT_THAT(tables_with("600111222"), IsEmpty());
    EXPECT_EQ(there.get("/api/v1/business").status, 401);
    EXPECT_EQ(write("hola").code(), "no_simulator");
    EXPECT_EQ(client().get("/api/v1/services")["/items"].as_array().size(), 1U) << "her own business is as it was";
    EXPECT_THAT(client().get("/api/v1/auth/me")["/businesses"].as_array(), SizeIs(1));
}

} // namespace
} // namespace house
