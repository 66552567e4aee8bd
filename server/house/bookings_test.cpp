// Bookings over HTTP: made, moved, listed, refused, and told to customers.
#include <gmock/gmock.h>

#include <boost/json/serialize.hpp>
#include <set>
#include <thread>

#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

auto const bookings = std::string("/api/v1/bookings");
auto const availability = std::string("/api/v1/availability");
constexpr auto lucia_phone = "+34600111222";

class Bookings : public OpenHouse {
protected:
    void SetUp() override {
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        ana_ = first_staff(client());
        cut_ = add_service(client(), "Corte");
    }
    TestClient& client() { return *client_; }
    std::string const& ana() const { return ana_; }
    std::string const& cut() const { return cut_; }

    static std::string at(std::string_view time, std::string_view date = "2026-10-20") {
        return std::string(date) + "T" + std::string(time) + ":00+02:00";
    }
    json::object wish(std::string_view time, json::object more = {}) const {
        more.emplace("service_id", cut());
        more.emplace("starts_at", at(time));
        if (!more.contains("customer_id")) more.emplace("customer", json::object{{"name", "Lucía"}});
        return more;
    }
    Answer book(std::string_view time, json::object more = {}) { return client().post(bookings, wish(time, more)); }
    Answer act(std::string const& id, std::string const& action, json::object const& body = {}) {
        return client().post(bookings + "/" + id + "/" + action, body);
    }
    void write(std::string_view text, std::string_view from = lucia_phone) {
        EXPECT_EQ(
            client().post("/api/v1/simulator/messages", {{"from", from}, {"name", "Lucía"}, {"text", text}}).status,
            202);
        screen();
    }
    /// What her phone shows once everything is said.
    Answer screen(std::string_view phone = lucia_phone) {
        auto const target = "/api/v1/simulator/messages?customer=" + api::escape(phone);
        house().advance_clock(house().business_clock().now());
        return client().get(target);
    }
    std::string last_on_screen() {
        auto const shown = screen();
        auto const& items = shown["/items"].as_array();
        return items.empty() ? "" : std::string(items.back().at("text").as_string());
    }
    /// A booking on Tuesday at that time for somebody with a chat.
    std::string book_for_chatter(std::string_view time) {
        write("hola");
        auto const answer = book(time, {{"customer", json::object{{"name", "Lucía"}, {"phone", lucia_phone}}}});
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer.text_at("/id");
    }
    std::vector<std::string> starts(std::string const& query) {
        auto const answer = client().get(availability + "?service_id=" + cut() + query);
        auto found = std::vector<std::string>();
        for (auto const& item : answer["/items"].as_array()) {
            found.emplace_back(item.at("starts_at").as_string());
        }
        return found;
    }

private:
    std::unique_ptr<TestClient> client_;
    std::string ana_;
    std::string cut_;
};
APUNTA_ON_EACH_ENGINE(Bookings);

TEST_P(Bookings, AreMadeWithTheirCustomerAndHistory) {
    auto const made = book(
        "10:00", {{"notes", "Pelo largo"}, {"customer", json::object{{"name", "Lucía"}, {"phone", "600 111 222"}}}});
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.text_at("/starts_at"), at("10:00"));
    EXPECT_EQ(made.text_at("/ends_at"), at("10:30"));
    EXPECT_EQ(made.text_at("/status"), "confirmed");
    EXPECT_EQ(made.text_at("/origin"), "owner");
    EXPECT_EQ(made.text_at("/staff_id"), ana());
    EXPECT_EQ(made.text_at("/customer/phone"), lucia_phone);
    EXPECT_EQ(made.text_at("/notes"), "Pelo largo");
    auto const read = client().get(bookings + "/" + made.text_at("/id"));
    EXPECT_EQ(read.text, made.text);
    EXPECT_EQ(read.text_at("/history/0/action"), "created");
    EXPECT_EQ(read.text_at("/history/0/actor"), "owner");
    // The same number is the same person; the booking carries the name given for it.
    auto const again = book("11:00", {{"customer", json::object{{"name", "Su hija"}, {"phone", lucia_phone}}}});
    EXPECT_EQ(again["/customer/id"], made["/customer/id"]);
    EXPECT_EQ(again.text_at("/customer_name"), "Su hija");
    EXPECT_EQ(again.text_at("/customer/name"), "Lucía");
    auto const by_id = book("12:00", {{"customer_id", made["/customer/id"]}});
    EXPECT_EQ(by_id.text_at("/customer_name"), "Lucía");
}

TEST_P(Bookings, AreRefusedWithTheReason) {
    ASSERT_EQ(book("10:00").status, 201);
    struct Case {
        json::object wish;
        int status;
        std::string code;
        std::string field = {};
    };
    auto const unknown = "0198a000-0000-7000-8000-000000000000";
    auto const cases = std::vector<Case>{
        {wish("10:15"), 409, "slot_taken"},
        {wish("21:00"), 422, "outside_hours"},
        {wish("10:05"), 422, "outside_hours"},
        {wish("10:00", {{"starts_at", "2026-10-19T10:30:00+02:00"}}), 422, "too_soon"},
        {wish("10:00", {{"starts_at", "2027-10-19T10:30:00+02:00"}}), 422, "too_far"},
        {wish("10:00", {{"starts_at", "2026-10-20T10:00:30+02:00"}}), 422, "invalid", "starts_at"},
        {wish("10:00", {{"starts_at", "2026-10-20T10:00:00"}}), 422, "invalid", "starts_at"},
        {wish("10:00", {{"starts_at", "9999-10-20T10:00:00Z"}}), 422, "invalid", "starts_at"},
        {wish("10:00", {{"service_id", unknown}}), 404, "not_found"},
        {wish("10:00", {{"service_id", "no"}}), 404, "not_found"},
        {wish("10:00", {{"staff_id", unknown}}), 404, "not_found"},
        {wish("10:00", {{"customer_id", unknown}}), 404, "not_found"},
        {wish("10:00", {{"customer", nullptr}}), 422, "invalid", "customer"},
        {wish("12:00", {{"override", json::array{"overlap"}}}), 422, "invalid", "override[0]"},
        {wish("12:00", {{"customer", json::object{{"name", "x"}, {"phone", "12"}}}}), 422, "invalid", "customer.phone"},
        {wish("12:00", {{"customer", json::object{{"name", "x"}, {"age", 3}}}}), 422, "invalid", "customer.age"},
        {wish("12:00", {{"colour", "red"}}), 422, "invalid", "colour"}};
    for (auto const& one : cases) {
        auto const answer = client().post(bookings, one.wish);
        auto const shown = json::serialize(one.wish) + " " + answer.text;
        EXPECT_EQ(answer.status, one.status) << shown;
        EXPECT_EQ(answer.code(), one.code) << shown;
        EXPECT_EQ(answer.field(), one.field) << shown;
    }
    EXPECT_THAT(client().get(bookings)["/items"].as_array(), SizeIs(1));
}

TEST_P(Bookings, MayBreakTheRulesTheOwnerSetsAsideButNotOverlap) {
    auto const rules = json::array{"outside_hours", "too_soon", "too_far"};
    EXPECT_EQ(book("21:05", {{"override", rules}}).status, 201);
    EXPECT_EQ(book("10:00", {{"starts_at", "2026-10-19T10:10:00+02:00"}, {"override", rules}}).status, 201);
    EXPECT_EQ(book("10:00", {{"starts_at", "2027-10-19T10:30:00+02:00"}, {"override", rules}}).status, 201);
    EXPECT_EQ(book("21:20", {{"override", rules}}).code(), "slot_taken");
}

TEST_P(Bookings, OfferOtherStartsWhenOneIsTaken) {
    auto const id = book("10:00").text_at("/id");
    auto const taken = book("10:00");
    ASSERT_EQ(taken.status, 409);
    auto const& others = taken["/alternatives"].as_array();
    ASSERT_THAT(others, SizeIs(5));
    auto free = std::set<std::string>();
    for (auto const& slot : others) {
        free.insert(std::string(slot.at("starts_at").as_string()));
    }
    EXPECT_TRUE(free.contains(at("09:30")) && free.contains(at("10:30")) && !free.contains(at("10:00"))) << taken.text;
    EXPECT_EQ(others[0].at("staff_id"), json::value(ana()));
    auto const later = book("12:00");
    auto const moved =
        client().patch(bookings + "/" + later.text_at("/id"), json::object{{"version", 1}, {"starts_at", at("10:00")}});
    EXPECT_EQ(moved.code(), "slot_taken");
    EXPECT_FALSE(moved["/alternatives"].as_array().empty());
    EXPECT_EQ(client().get(bookings + "/" + id).text_at("/starts_at"), at("10:00"));
}

TEST_P(Bookings, ChangeByVersion) {
    auto const id = book("10:00").text_at("/id");
    auto const target = bookings + "/" + id;
    auto const moved = client().patch(target, json::object{{"version", 1}, {"starts_at", at("11:00")}});
    ASSERT_EQ(moved.status, 200) << moved.text;
    EXPECT_EQ(moved.text_at("/starts_at"), at("11:00"));
    EXPECT_EQ(moved["/version"], 2);
    EXPECT_EQ(moved.text_at("/history/1/action"), "rescheduled");
    EXPECT_EQ(moved.text_at("/history/1/details/starts_at"), at("10:00"));
    auto const stale = client().patch(target, json::object{{"version", 1}, {"notes", "x"}});
    EXPECT_EQ(stale.code(), "version_conflict");
    EXPECT_EQ(stale["/current/version"], 2);
    auto const edited =
        client().patch(target, json::object{{"version", 2}, {"notes", "Pelo corto"}, {"customer_name", "Eva"}});
    EXPECT_EQ(edited.text_at("/notes"), "Pelo corto");
    EXPECT_EQ(edited.text_at("/customer_name"), "Eva");
    EXPECT_EQ(client().patch(target, json::object{{"version", 3}, {"notes", nullptr}}).text_at("/notes"), "");
    EXPECT_EQ(client().patch(target, json::object{{"version", 4}, {"starts_at", nullptr}}).field(), "starts_at");
    EXPECT_EQ(client().patch(target, json::object{{"version", 4}, {"starts_at", at("21:00")}}).code(), "outside_hours");
    EXPECT_EQ(client().patch(target, json::object{{"version", 4}, {"staff_id", "nobody"}}).status, 404);
}

TEST_P(Bookings, GoThroughTheirLife) {
    auto const id = book("10:00").text_at("/id");
    EXPECT_EQ(act(id, "confirm").code(), "wrong_status");
    EXPECT_EQ(act(id, "complete").code(), "not_started");
    EXPECT_EQ(act(id, "cancel", {{"version", 7}}).code(), "version_conflict");
    house().advance_clock(base::parse_instant(at("10:40")).value());
    EXPECT_EQ(act(id, "no_show").text_at("/status"), "no_show");
    EXPECT_EQ(act(id, "complete", {{"version", 2}}).text_at("/status"), "completed");
    auto const other = book("12:00").text_at("/id");
    auto const cancelled = act(other, "cancel", {{"reason", "Ha llamado"}});
    EXPECT_EQ(cancelled.text_at("/status"), "cancelled");
    EXPECT_EQ(cancelled.text_at("/history/1/details/reason"), "Ha llamado");
    EXPECT_EQ(act(other, "cancel").code(), "wrong_status");
    EXPECT_EQ(book("12:00").status, 201) << "a cancelled booking frees its chair";
}

TEST_P(Bookings, AreListedByStartInPagesAndByFilter) {
    auto ids = std::vector<std::string>();
    for (auto const* time : {"13:00", "09:00", "11:00", "10:00", "12:00"}) {
        ids.push_back(book(time).text_at("/id"));
    }
    act(ids[0], "cancel");
    auto seen = std::vector<std::string>();
    auto cursor = std::string();
    do {
        auto const page = client().get(bookings + "?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (auto const& item : page["/items"].as_array()) {
            seen.emplace_back(item.at("id").as_string());
        }
        cursor = page["/next_cursor"].is_null() ? "" : page.text_at("/next_cursor");
    } while (!cursor.empty());
    EXPECT_THAT(seen, ElementsAre(ids[1], ids[3], ids[2], ids[4], ids[0]));
    auto const count = [&](std::string const& query) {
        return client().get(bookings + "?" + query)["/items"].as_array().size();
    };
    EXPECT_EQ(count("status=cancelled"), 1U);
    EXPECT_EQ(count("status=confirmed&staff_id=" + ana()), 4U);
    EXPECT_EQ(count("from=2026-10-20&to=2026-10-20"), 5U);
    EXPECT_EQ(count("from=2026-10-21"), 0U);
    EXPECT_EQ(count("from=" + api::escape(at("10:00")) + "&to=" + api::escape(at("12:00"))), 2U);
    EXPECT_EQ(count("service_id=" + cut() + "&origin=owner"), 5U);
    EXPECT_EQ(count("origin=guided"), 0U);
    EXPECT_EQ(count("staff_id=nobody"), 0U);
    EXPECT_EQ(client().get(bookings + "?cursor=abc").field(), "cursor");
    EXPECT_EQ(client().get(bookings + "?status=gone").field(), "status[0]");
}

TEST_P(Bookings, AreMadeOnceForOneKey) {
    auto const key = TestClient::Headers{{"Idempotency-Key", "k1"}};
    auto const first = client().post(bookings, wish("10:00"), key);
    auto const again = client().post(bookings, wish("10:00"), key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(client().post(bookings, wish("11:00"), key).code(), "idempotency_mismatch");
    // A refusal is not remembered: once the chair is free, the same request is served.
    auto const other = TestClient::Headers{{"Idempotency-Key", "k2"}};
    EXPECT_EQ(client().post(bookings, wish("10:00"), other).code(), "slot_taken");
    act(first.text_at("/id"), "cancel");
    EXPECT_EQ(client().post(bookings, wish("10:00"), other).status, 201);
}

TEST_P(Bookings, OfFiftyAtTheSameTimeGetOneChair) {
    auto statuses = std::vector<int>(50);
    auto with_alternatives = std::vector<char>(50);
    auto const token = client().token();
    auto threads = std::vector<std::thread>();
    for (auto i = std::size_t{0}; i < statuses.size(); ++i) {
        threads.emplace_back([&, i] {
            auto one = stranger();
            one.use_token(token);
            auto const answer = one.post(bookings, wish("10:00"));
            statuses[i] = answer.status;
            with_alternatives[i] = answer.status == 409 && !answer["/alternatives"].as_array().empty();
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(std::ranges::count(statuses, 201), 1);
    EXPECT_EQ(std::ranges::count(statuses, 409), 49);
    EXPECT_EQ(std::ranges::count(with_alternatives, 1), 49);
}

TEST_P(Bookings, AreNotChangedBehindTheBackOfACustomerWithAChat) {
    auto const id = book_for_chatter("10:00");
    auto const silent = last_on_screen();
    auto const target = bookings + "/" + id;
    auto const move = json::object{{"version", 1}, {"starts_at", at("11:00")}};
    EXPECT_EQ(client().patch(target, move).field(), "notify");
    EXPECT_EQ(act(id, "cancel").field(), "notify");
    EXPECT_EQ(client().get(target)["/version"], 1) << "a refused change leaves nothing behind";
    EXPECT_EQ(client().patch(target, json::object{{"version", 1}, {"notes", "x"}}).status, 200)
        << "notes are the owner's";
    auto quiet = move;
    quiet["version"] = 2;
    quiet["notify"] = false;
    EXPECT_EQ(client().patch(target, quiet).status, 200);
    EXPECT_EQ(last_on_screen(), silent);
    EXPECT_EQ(client().patch(target, json::object{{"version", 3}, {"starts_at", at("12:00")}, {"notify", true}}).status,
              200);
    EXPECT_THAT(last_on_screen(),
                testing::HasSubstr("Cambio hecho: *Corte*, mañana, martes 20 de octubre a las *12:00*"));
    EXPECT_EQ(act(id, "cancel", {{"notify", true}}).status, 200);
    EXPECT_THAT(last_on_screen(), testing::HasSubstr("queda sin efecto"));
}

TEST_P(Bookings, AreToldToACustomerWithAChatWhenTheOwnerAsksForIt) {
    write("hola");
    auto const customer = json::object{{"name", "Lucía"}, {"phone", lucia_phone}};
    EXPECT_EQ(book("10:00", {{"customer", customer}, {"notify", true}}).status, 201);
    EXPECT_THAT(last_on_screen(), testing::HasSubstr("te esperamos: *Corte*"));
    auto const chat = client().get("/api/v1/conversations").text_at("/items/0/id");
    auto const messages = client().get("/api/v1/conversations/" + chat + "/messages");
    auto const& last = messages["/items"].as_array().back();
    EXPECT_EQ(last.at("author"), "system");
    EXPECT_EQ(last.at("reason"), "confirmation");
    EXPECT_FALSE(last.at("booking_id").is_null());
}

TEST_P(Bookings, TakeTheirTimeOutOfAvailability) {
    auto const day = std::string("&from=2026-10-20&to=2026-10-20");
    auto const all = starts(day);
    EXPECT_EQ(all.front(), at("09:00"));
    EXPECT_EQ(all.back(), at("19:30"));
    EXPECT_THAT(all, SizeIs(43));
    auto const id = book("10:00").text_at("/id");
    auto const left = starts(day);
    EXPECT_THAT(left, SizeIs(40));
    EXPECT_TRUE(std::ranges::find(left, at("09:45")) == left.end());
    EXPECT_TRUE(std::ranges::find(left, at("10:30")) != left.end());
    act(id, "cancel");
    EXPECT_EQ(starts(day), all);
    EXPECT_EQ(starts("&from=2026-10-20&to=2026-10-20&staff_id=" + ana()), all);
    // Instants: the end is exclusive; a date and an instant may be mixed.
    EXPECT_THAT(starts("&from=" + api::escape(at("10:00")) + "&to=" + api::escape(at("10:30"))),
                ElementsAre(at("10:00"), at("10:15")));
    EXPECT_THAT(starts("&from=2026-10-20&to=" + api::escape(at("09:30"))), ElementsAre(at("09:00"), at("09:15")));
}

TEST_P(Bookings, AvailabilityIsWrittenInTheBusinessesTimeAcrossTheChangeOfTheClocks) {
    auto const found = starts("&from=2026-10-24&to=2026-10-26");
    EXPECT_EQ(found.front(), "2026-10-24T09:00:00+02:00");
    EXPECT_EQ(found.back(), "2026-10-26T19:30:00+01:00");
    EXPECT_THAT(found, SizeIs(3 * 43));
}

TEST_P(Bookings, AvailabilityRefusesWhatItCannotAnswer) {
    auto const code = [&](std::string const& query) {
        auto const answer = client().get(availability + "?" + query);
        return answer.code() + " " + answer.field();
    };
    auto const days = std::string("&from=2026-10-20&to=2026-10-21");
    EXPECT_EQ(code("service_id=" + cut() + "&from=2026-10-20"), "invalid to");
    EXPECT_EQ(code("service_id=" + cut() + "&from=2026-10-20&to=2027-01-20"), "invalid to");
    EXPECT_EQ(client().get(availability + "?service_id=" + cut() + "&from=2026-10-20&to=2027-01-19").status, 200);
    EXPECT_EQ(code("service_id=" + cut() + "&from=2026-10-20&to=2026-10-18"), "invalid to");
    EXPECT_EQ(code("service_id=" + cut() + "&from=2026-13-20&to=2026-10-18"), "invalid from");
    EXPECT_EQ(code("service_id=no" + days), "not_found ");
    EXPECT_EQ(code("service_id=" + cut() + days + "&staff_id=no"), "not_found ");
    EXPECT_EQ(code("service_id=" + cut() + days + "&page=1"), "invalid page");
    EXPECT_EQ(client().get(availability + "/explain?service_id=" + cut() + "&from=2026-10-20&to=2026-10-27").field(),
              "to");
}

TEST_P(Bookings, ExplainsWhatIsRefused) {
    ASSERT_EQ(book("10:00").status, 201);
    auto const answer = client().get(availability + "/explain?service_id=" + cut() + "&from=2026-10-20&to=2026-10-20");
    auto reasons = std::map<std::string, std::string>();
    for (auto const& item : answer["/items"].as_array()) {
        reasons[std::string(item.at("starts_at").as_string())] = std::string(item.at("reason").as_string());
    }
    EXPECT_EQ(reasons[at("10:00")], "taken");
    EXPECT_EQ(reasons[at("09:45")], "taken");
    EXPECT_EQ(reasons[at("08:45")], "outside_hours");
    EXPECT_FALSE(reasons.contains(at("10:30")));
    EXPECT_THAT(reasons, SizeIs(96U - 40U));
}

} // namespace
} // namespace house
