// Customers over HTTP: entered, found, corrected, merged, opted out, and all that is known of one.
#include <gmock/gmock.h>

#include <boost/json/serialize.hpp>

#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

auto const customers = std::string("/api/v1/customers");
auto const bookings = std::string("/api/v1/bookings");
constexpr auto lucia_phone = "+34600111222";

class Customers : public OpenHouse {
protected:
    void SetUp() override {
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        cut_ = add_service(client(), "Corte");
    }
    TestClient& client() { return *client_; }

    json::value add(json::object const& body) {
        auto const answer = client().post(customers, body);
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer.body;
    }
    static std::string id_of(json::value const& customer) { return std::string(customer.at("id").as_string()); }
    std::string target(json::value const& customer) { return customers + "/" + id_of(customer); }
    Answer book(std::string_view start, json::object const& who, json::object more = {}) {
        auto body = json::object{{"service_id", cut_}, {"starts_at", std::string(start) + ":00+02:00"}};
        body.insert(who.begin(), who.end());
        body.insert(more.begin(), more.end());
        auto answer = client().post(bookings, body);
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer;
    }
    static json::object by_id(json::value const& customer) { return {{"customer_id", customer.at("id")}}; }
    void settle() { house().advance_clock(house().business_clock().now()); }
    void write(std::string_view text, std::string_view from = lucia_phone, std::string_view name = "Lucía") {
        EXPECT_EQ(client().post("/api/v1/simulator/messages", {{"from", from}, {"name", name}, {"text", text}}).status,
                  202);
        settle();
    }
    std::size_t shown(std::string_view phone = lucia_phone) {
        settle();
        return client().get("/api/v1/simulator/messages?customer=" + api::escape(phone))["/items"].as_array().size();
    }
    std::vector<std::string> names(std::string const& query) {
        auto const answer = client().get(customers + "?" + query);
        EXPECT_EQ(answer.status, 200) << answer.text;
        auto found = std::vector<std::string>();
        for (auto const& item : answer["/items"].as_array()) {
            found.emplace_back(item.at("name").is_null() ? "-" : std::string(item.at("name").as_string()));
        }
        return found;
    }

private:
    std::unique_ptr<TestClient> client_;
    std::string cut_;
};
APUNTA_ON_EACH_ENGINE(Customers);

TEST_P(Customers, AreEnteredWithoutAPhoneTooAndOnce) {
    auto const walk_in = add({{"name", "Señora del perro"}});
    EXPECT_TRUE(walk_in.at("phone").is_null());
    auto const again = add({{"name", "Señora del perro"}});
    EXPECT_NE(walk_in.at("id"), again.at("id")) << "a name alone is nobody's";
    auto const lucia = add({{"name", "Lucía"}, {"phone", "600 111 222"}, {"notes", "Rizos"}, {"language", "en"}});
    EXPECT_EQ(lucia.at("phone"), lucia_phone);
    EXPECT_EQ(lucia.at("language"), "en");
    auto const taken = client().post(customers, json::object{{"name", "Otra"}, {"phone", "+34 600 111 222"}});
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.code(), "already_exists");
    EXPECT_EQ(taken.field(), "phone");
    EXPECT_EQ(taken["/customer/id"], lucia.at("id"));
    auto const key = TestClient::Headers{{"Idempotency-Key", "k1"}};
    auto const first = client().post(customers, json::object{{"name", "Eva"}}, key);
    EXPECT_EQ(client().post(customers, json::object{{"name", "Eva"}}, key).text, first.text);
    EXPECT_EQ(client().post(customers, json::object{{"name", "Iva"}}, key).code(), "idempotency_mismatch");
    EXPECT_THAT(names("q=eva"), ElementsAre("Eva"));
}

TEST_P(Customers, AreFoundAndSorted) {
    add({{"name", "Óscar"}, {"phone", "+34611000333"}});
    add({{"name", "ángela"}});
    add({{"phone", "+5215512345678"}});
    auto const maria = add({{"name", "María Núñez"}, {"phone", lucia_phone}});
    EXPECT_THAT(names(""), ElementsAre("ángela", "María Núñez", "Óscar", "-"));
    EXPECT_THAT(names("sort=-name"), ElementsAre("-", "Óscar", "María Núñez", "ángela"));
    EXPECT_THAT(names("q=nunez+MARIA"), ElementsAre("María Núñez"));
    EXPECT_THAT(names("q=600+11+12"), ElementsAre("María Núñez"));
    EXPECT_THAT(names("q=5255123"), ElementsAre("-"));
    EXPECT_THAT(names("q=%25"), IsEmpty());
    book("2026-10-19T12:00", by_id(maria), {{"override", json::array{"too_soon"}}});
    house().advance_clock(base::parse_instant("2026-10-19T13:00:00+02:00").value());
    EXPECT_THAT(names("sort=-last_visit_at&limit=1"), ElementsAre("María Núñez"));
    EXPECT_EQ(names("sort=last_visit_at").back(), "María Núñez");
    for (auto const* sort : {"name", "-name", "last_visit_at", "-last_visit_at", "created_at", "-created_at"}) {
        auto paged = std::vector<std::string>();
        auto query = std::string("limit=1&sort=") + sort;
        for (auto cursor = std::string(); paged.size() < 9;) {
            auto const page = client().get(customers + "?" + query + cursor);
            for (auto const& item : page["/items"].as_array()) {
                paged.push_back(id_of(item));
            }
            if (page["/next_cursor"].is_null()) break;
            cursor = "&cursor=" + page.text_at("/next_cursor");
        }
        auto whole = std::vector<std::string>();
        auto const answer = client().get(customers + "?sort=" + sort);
        for (auto const& item : answer["/items"].as_array()) {
            whole.push_back(id_of(item));
        }
        EXPECT_EQ(paged, whole) << sort;
    }
}

TEST_P(Customers, ShowTheirHistory) {
    auto const lucia = add({{"name", "Lucía"}, {"phone", lucia_phone}});
    auto const past = book("2026-10-19T11:00", by_id(lucia), {{"override", json::array{"too_soon"}}});
    auto const missed = book("2026-10-19T12:00", by_id(lucia), {{"override", json::array{"too_soon"}}});
    auto const next = book("2026-10-21T10:00", by_id(lucia), {{"customer_name", "Su hija"}});
    auto const off = book("2026-10-22T10:00", by_id(lucia));
    ASSERT_EQ(client().post(bookings + "/" + off.text_at("/id") + "/cancel", json::object()).status, 200);
    house().advance_clock(base::parse_instant("2026-10-19T14:00:00+02:00").value());
    ASSERT_EQ(client().post(bookings + "/" + past.text_at("/id") + "/complete", json::object()).status, 200);
    ASSERT_EQ(client().post(bookings + "/" + missed.text_at("/id") + "/no_show", json::object()).status, 200);
    auto const seen = client().get(target(lucia));
    EXPECT_EQ(seen["/counts"],
              json::value(
                  json::object{{"bookings", 4}, {"upcoming", 1}, {"completed", 1}, {"cancelled", 1}, {"no_shows", 1}}));
    EXPECT_EQ(seen.text_at("/last_visit_at"), "2026-10-19T11:00:00+02:00");
    EXPECT_EQ(seen.text_at("/next_visit_at"), "2026-10-21T10:00:00+02:00");
    EXPECT_EQ(seen.text_at("/bookings/0/id"), off.text_at("/id")) << "the newest first";
    EXPECT_EQ(seen.text_at("/bookings/1/id"), next.text_at("/id"));
    EXPECT_THAT(seen["/bookings"].as_array(), SizeIs(4));
}

TEST_P(Customers, ChangeByVersion) {
    auto const lucia = add({{"name", "Lucía"}, {"phone", lucia_phone}});
    auto const eva = add({{"name", "Eva"}, {"phone", "+34600999000"}});
    auto const patch = [&](json::object const& body) { return client().patch(target(lucia), body); };
    auto const changed = patch({{"version", 1}, {"name", "Lucía Gil"}, {"notes", "VIP"}, {"opt_out", true}});
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_EQ(changed["/version"], 2);
    EXPECT_EQ(changed["/opt_out"], true);
    EXPECT_THAT(changed.text_at("/opt_out_at"), HasSubstr("2026-10-19T10:"));
    EXPECT_EQ(patch({{"version", 2}, {"opt_out", true}})["/version"], 2) << "nothing changed";
    auto const stale = patch({{"version", 1}, {"name", "x"}});
    EXPECT_EQ(stale.code(), "version_conflict");
    EXPECT_EQ(stale.text_at("/current/name"), "Lucía Gil");
    auto const taken = patch({{"version", 2}, {"phone", "+34600999000"}});
    EXPECT_EQ(taken.code(), "already_exists");
    EXPECT_EQ(taken["/customer/id"], eva.at("id"));
    auto const cleared = patch({{"version", 2}, {"name", nullptr}, {"phone", nullptr}, {"notes", nullptr}});
    EXPECT_TRUE(cleared["/name"].is_null() && cleared["/phone"].is_null());
    EXPECT_EQ(cleared.text_at("/notes"), "");
    EXPECT_EQ(client().patch(target(eva), json::object{{"version", 1}, {"phone", lucia_phone}}).status, 200)
        << "the number is free now";
}

TEST_P(Customers, AreMergedWithAllThatHangsOnThem) {
    write("hola", "+34600777888", "Luci");
    write("hola", "+34600555444", "Otra");
    auto const by_chat = client().get(customers + "?q=600777888")["/items/0"];
    book("2026-10-21T10:00", by_id(by_chat));
    ASSERT_EQ(
        client().patch(target(by_chat), json::object{{"version", by_chat.at("version")}, {"notes", "Rubia"}}).status,
        200);
    auto const lucia = add({{"name", "Lucía"}, {"phone", lucia_phone}, {"notes", "Rizos"}});
    book("2026-10-22T10:00", by_id(lucia));
    auto const other = client().get(target(by_chat));
    auto const wish = [&](std::int64_t version, json::value const& other_version) {
        return json::object{{"version", version}, {"other_id", by_chat.at("id")}, {"other_version", other_version}};
    };
    auto const merge = [&](json::object const& body, std::string const& key = "m1") {
        return client().post(target(lucia) + "/merge", body, {{"Idempotency-Key", key}});
    };
    auto const stale = merge(wish(7, other["/version"]), "m0");
    EXPECT_EQ(stale.code(), "version_conflict");
    EXPECT_EQ(stale["/current/id"], lucia.at("id"));
    auto const other_stale = merge(wish(1, 99), "m0");
    EXPECT_EQ(other_stale.code(), "version_conflict");
    EXPECT_EQ(other_stale["/current/id"], by_chat.at("id"));
    auto const merged = merge(wish(1, other["/version"]));
    ASSERT_EQ(merged.status, 200) << merged.text;
    EXPECT_EQ(merge(wish(1, other["/version"])).text, merged.text) << "asked again, answered alike";
    EXPECT_EQ(merge(wish(2, other["/version"]), "m2").status, 404) << "the other is gone";
    EXPECT_EQ(merged.text_at("/name"), "Lucía");
    EXPECT_EQ(merged.text_at("/phone"), lucia_phone);
    EXPECT_EQ(merged.text_at("/notes"), "Rizos\nRubia");
    EXPECT_EQ(merged["/counts/bookings"], 2);
    EXPECT_EQ(merged.text_at("/addresses/0/value"), "+34600777888");
    EXPECT_THAT(merged["/conversation_ids"].as_array(), SizeIs(1));
    EXPECT_EQ(client().get(target(by_chat)).status, 404);
    // Whoever writes from the other phone, or is booked by it, is she.
    write("hola otra vez", "+34600777888", "Luci");
    EXPECT_THAT(names(""), ElementsAre("Lucía", "Otra"));
    auto const by_number =
        book("2026-10-23T10:00", {{"customer", json::object{{"name", "Luci"}, {"phone", "+34600777888"}}}});
    EXPECT_EQ(by_number["/customer/id"], lucia.at("id"));
}

TEST_P(Customers, KeepTheNotesThatDoNotFitApart) {
    auto const one = add({{"name", "A"}, {"notes", std::string(1500, 'a')}});
    auto const two = add({{"name", "B"}, {"notes", std::string(600, 'b')}});
    auto const answer = client().post(target(one) + "/merge",
                                      json::object{{"version", 1}, {"other_id", two.at("id")}, {"other_version", 1}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.code(), "notes_too_long");
    EXPECT_EQ(client().get(target(two)).text_at("/notes"), std::string(600, 'b')) << "nothing half done";
}

TEST_P(Customers, WhoOptedOutAreAnsweredButNotWrittenToUnasked) {
    write("hola");
    auto const lucia = client().get(customers)["/items/0"];
    auto const booked = book("2026-10-21T10:00", by_id(lucia));
    auto const version = client().get(target(lucia))["/version"];
    ASSERT_EQ(client().patch(target(lucia), json::object{{"version", version}, {"opt_out", true}}).status, 200);
    auto const before = shown();
    ASSERT_EQ(client().post(bookings + "/" + booked.text_at("/id") + "/cancel", json::object{{"notify", true}}).status,
              200);
    EXPECT_EQ(shown(), before) << "the owner's notice is not sent";
    auto const chat = "/api/v1/conversations/" + client().get("/api/v1/conversations").text_at("/items/0/id");
    auto const thread = client().get(chat + "/messages");
    EXPECT_EQ(thread["/items"].as_array().back().at("status"), "suppressed") << "and the owner sees that it was not";
    write("¿a qué hora abrís?");
    EXPECT_GT(shown(), before) << "answers are sent";
    auto const answered = shown();
    ASSERT_EQ(client().post(chat + "/messages", json::object{{"text", "Soy Ana"}}).status, 201);
    EXPECT_GT(shown(), answered) << "and what the owner writes herself";
}

TEST_P(Customers, AreHandedOverWhole) {
    write("Hola, quiero un corte el miércoles a las 10, soy Lucía");
    write("sí");
    auto const lucia = client().get(customers)["/items/0"];
    ASSERT_EQ(client().patch(target(lucia), json::object{{"version", lucia.at("version")}, {"notes", "Rizos"}}).status,
              200);
    auto const all = client().get(target(lucia) + "/export");
    ASSERT_EQ(all.status, 200);
    EXPECT_THAT(std::string(all.header("content-disposition")), HasSubstr("attachment"));
    EXPECT_EQ(all.text_at("/customer/notes"), "Rizos");
    EXPECT_EQ(all.text_at("/addresses/0/value"), lucia_phone);
    EXPECT_EQ(all.text_at("/bookings/0/starts_at"), "2026-10-21T10:00:00+02:00");
    EXPECT_EQ(all.text_at("/bookings/0/history/0/action"), "created");
    auto const chat = client().get("/api/v1/conversations").text_at("/items/0/id");
    EXPECT_EQ(all["/conversations/0/messages"], client().get("/api/v1/conversations/" + chat + "/messages")["/items"]);
}

} // namespace
} // namespace house
