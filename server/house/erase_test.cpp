// A customer who is erased is nowhere: not in a table, not in a file of the database, not in the log.
#include <gmock/gmock.h>

#include <fmt/format.h>
#include <fstream>
#include <sstream>

#include "base/log.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::IsEmpty;

auto const customers = std::string("/api/v1/customers");
auto const bookings = std::string("/api/v1/bookings");
auto const phone = std::string("+34611927354");
auto const other_phone = std::string("+34633818271");
/// Whatever is hers contains one of these, folded or not.
auto const canaries =
    std::vector<std::string>{"Zxqvana", "zxqvana", "611927354", "633818271", "qwzcanary", "QWZCANARY"};

std::string bytes_of(std::filesystem::path const& file) {
    auto in = std::ifstream(file, std::ios::binary);
    auto text = std::ostringstream();
    text << in.rdbuf();
    return text.str();
}

class Erasing : public OpenHouse {
protected:
    void SetUp() override {
        base::log::set_level(base::log::Level::debug);
        testing::internal::CaptureStderr();
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        cut_ = add_service(client(), "Corte");
    }
    void TearDown() override {
        base::log::set_level(base::log::Level::info);
        if (capturing_) (void)log();
    }
    /// What the server wrote to it until now; asked once.
    std::string log() {
        capturing_ = false;
        return testing::internal::GetCapturedStderr();
    }
    TestClient& client() { return *client_; }

    void settle() { house().advance_clock(house().business_clock().now()); }
    void write(std::string_view text, std::string const& from, std::string_view name) {
        EXPECT_EQ(client().post("/api/v1/simulator/messages", {{"from", from}, {"name", name}, {"text", text}}).status,
                  202);
    }
    Answer book(std::string_view start, json::object const& who, std::string_view notes, std::string const& key) {
        auto body =
            json::object{{"service_id", cut_}, {"starts_at", std::string(start) + ":00+02:00"}, {"notes", notes}};
        body.insert(who.begin(), who.end());
        auto answer = client().post(bookings, body, {{"Idempotency-Key", key}});
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer;
    }
    std::string her_id() { return client().get(customers + "?q=611927354").text_at("/items/0/id"); }

    /// She leaves something of herself in every place there is, between the things of somebody else.
    void live() {
        write("Hola, soy Zxqvana, quiero un corte el miércoles a las 10, qwzcanary", phone, "Zxqvanária Ñoño");
        settle();
        write("sí", phone, "Zxqvanária Ñoño");
        settle();
        for (auto i = 0; i < 40; ++i) {
            write(fmt::format("qwzcanary {} {}", i, std::string(static_cast<std::size_t>(i) * 60, 'x')), phone,
                  "Zxqvana");
            write(fmt::format("otra cosa {} {}", i, std::string(static_cast<std::size_t>(i) * 40, 'y')), "+34655000111",
                  "Eva");
        }
        settle();
        auto const customer = json::object{{"name", "Zxqvana"}, {"phone", phone}};
        auto const one = book("2026-10-22T10:00", {{"customer", customer}}, "QWZCANARY alérgica", "k1");
        auto const target = bookings + "/" + one.text_at("/id");
        EXPECT_EQ(client()
                      .patch(target,
                             json::object{{"version", 1}, {"customer_name", "Hija de Zxqvana"}, {"notes", "qwzcanary"}})
                      .status,
                  200);
        EXPECT_EQ(client().post(target + "/cancel", json::object{{"reason", "qwzcanary"}, {"notify", true}}).status,
                  200);
        auto const chat =
            "/api/v1/conversations/" + client().get(customers + "/" + her_id()).text_at("/conversation_ids/0");
        EXPECT_EQ(
            client()
                .post(chat + "/messages", json::object{{"text", "Te llamo, qwzcanary"}}, {{"Idempotency-Key", "k2"}})
                .status,
            201);
        merge_another();
        settle();
    }
    void merge_another() {
        auto const other = client().post(customers, json::object{{"name", "Zxqvana vieja"}, {"phone", other_phone}},
                                         {{"Idempotency-Key", "k3"}});
        book("2026-10-23T10:00", {{"customer_id", other["/id"]}}, "qwzcanary", "k4");
        auto const hers = client().get(customers + "/" + her_id());
        auto const merged = client().post(customers + "/" + her_id() + "/merge",
                                          json::object{{"version", hers["/version"]},
                                                       {"other_id", other["/id"]},
                                                       {"other_version", other["/version"]}},
                                          {{"Idempotency-Key", "k5"}});
        EXPECT_EQ(merged.status, 200) << merged.text;
        EXPECT_EQ(client()
                      .patch(customers + "/" + her_id(),
                             json::object{{"version", merged["/version"]}, {"notes", "qwzcanary"}})
                      .status,
                  200);
    }

    std::vector<std::string> text_columns() {
        auto const* sql =
            GetParam() == store::Engine::sqlite
                ? "SELECT 'SELECT ' || c.name || ' FROM \"' || m.name || '\" WHERE ' || c.name || ' LIKE ?1' "
                  "FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
                : "SELECT 'SELECT ' || column_name || ' FROM ' || table_name || ' WHERE ' || column_name || "
                  "' LIKE ?1' FROM information_schema.columns WHERE table_schema = 'public' "
                  "AND data_type IN ('text', 'character varying', 'json', 'jsonb')";
        return house()
            .database()
            .read([&](store::Tx& tx) -> base::Result<std::vector<std::string>> {
                return tx.all(sql, {}, [](store::Row const& row) { return row.string(0); });
            })
            .value();
    }
    /// Where in the tables something of hers is.
    std::vector<std::string> found_in_tables() {
        auto found = std::vector<std::string>();
        auto const columns = text_columns();
        EXPECT_GT(columns.size(), 80U);
        for (auto const& column : columns) {
            auto const done = house().database().read([&](store::Tx& tx) -> base::Result<void> {
                for (auto const& canary : canaries) {
                    tx.each(column, {"%" + canary + "%"}, [&](store::Row const& row) {
                        found.push_back(column + ": " + row.string(0).substr(0, 100));
                    });
                }
                return {};
            });
            EXPECT_TRUE(done) << column;
        }
        return found;
    }
    std::vector<std::string> found_in_files() {
        auto found = std::vector<std::string>();
        for (auto const& entry : std::filesystem::recursive_directory_iterator(place().options().folder)) {
            if (!entry.is_regular_file()) continue;
            auto const bytes = bytes_of(entry.path());
            for (auto const& canary : canaries) {
                if (bytes.find(canary) != bytes.npos) found.push_back(entry.path().filename().string() + ": " + canary);
            }
        }
        return found;
    }

private:
    std::unique_ptr<TestClient> client_;
    std::string cut_;
    bool capturing_ = true;
};
APUNTA_ON_EACH_ENGINE(Erasing);

TEST_P(Erasing, LeavesNothingOfHerAnywhere) {
    live();
    EXPECT_GT(found_in_tables().size(), 100U) << "what cannot be found before proves nothing afterwards";
    if (GetParam() == store::Engine::sqlite) {
        EXPECT_FALSE(found_in_files().empty());
    }
    auto const id = her_id();
    auto const refused = client().remove(customers + "/" + id);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "has_bookings");
    EXPECT_THAT(refused["/bookings"].as_array(), testing::SizeIs(2));
    EXPECT_EQ(client().get(customers + "/" + id).status, 200) << "and nothing was done";

    ASSERT_EQ(client().remove(customers + "/" + id + "?cancel_bookings=true").status, 204);
    EXPECT_THAT(found_in_tables(), IsEmpty());
    if (GetParam() == store::Engine::sqlite) {
        EXPECT_THAT(found_in_files(), IsEmpty());
    }
    auto const written = log();
    EXPECT_NE(written.find("http.request"), written.npos) << "debug was on";
    for (auto const& canary : canaries) {
        EXPECT_EQ(written.find(canary), written.npos) << canary;
    }
    for (auto const* suffix : {"", "/export"}) {
        auto const gone = client().get(customers + "/" + id + suffix);
        EXPECT_EQ(gone.status, 404);
        EXPECT_EQ(gone.text, client().get(customers + "/0198a000-0000-7000-8000-000000000000" + suffix).text);
    }
    EXPECT_EQ(client().remove(customers + "/" + id).status, 404) << "twice is once";
}

TEST_P(Erasing, KeepsHerBookingsWithoutHerAndLetsHerComeBackAsAStranger) {
    live();
    auto const id = her_id();
    auto const before = client().get(bookings)["/items"].as_array().size();
    ASSERT_EQ(client().remove(customers + "/" + id + "?cancel_bookings=true").status, 204);
    auto const after = client().get(bookings);
    ASSERT_EQ(after["/items"].as_array().size(), before);
    for (auto const& booking : after["/items"].as_array()) {
        EXPECT_EQ(booking.at("status"), "cancelled");
        EXPECT_EQ(booking.at("customer"),
                  json::value(json::object{{"id", nullptr}, {"name", nullptr}, {"phone", nullptr}}));
        EXPECT_EQ(booking.at("customer_name"), "");
    }
    auto const me = client().get("/api/v1/business").text_at("/id");
    EXPECT_EQ(client().get(customers + "/" + me).status, 404) << "nobody is nobody's customer";
    EXPECT_EQ(client().get(customers)["/items"].as_array().size(), 1U) << "the other one is still there";
    EXPECT_EQ(client().get("/api/v1/conversations")["/items"].as_array().size(), 1U);
    write("hola", phone, "Zxqvana");
    settle();
    EXPECT_NE(her_id(), id);
    auto const stranger = client().get(customers + "/" + her_id());
    EXPECT_EQ(stranger["/counts/bookings"], 0);
    EXPECT_FALSE(client().get("/api/v1/simulator/messages?customer=" + api::escape(phone))["/items"].as_array().empty())
        << "and is answered";
}

} // namespace
} // namespace house
