// The contract and the server are of one mind: each route of one is a route of the other, and asks who is calling.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "api/events.hpp"
#include "api/routes.hpp"
#include "booking/calendar_memory.hpp"
#include "conversation/inbox.hpp"
#include "conversation/lanes.hpp"
#include "house/open_house_test.hpp"
#include "outbox/sender.hpp"
#include "whatsapp/simulator.hpp"

namespace house {
namespace {

using Operation = api::Contract::Operation;

/// Rooms that stand still, to have a table of routes.
struct StillRooms {
    store::TestDatabase database{store::Engine::sqlite};
    base::SystemClock clock;
    base::SystemRandom random;
    accounts::Tokens tokens{std::string(32, 'k')};
    accounts::Accounts accounts{*database.operator->(), clock, random, tokens, std::string(32, 'r')};
    booking::CalendarMemory calendars{database.get()};
    api::Events events{database.get()};
    whatsapp::Simulator simulator{{database.get(), clock, clock, random, conversation::Breath()}};
    outbox::Sender sender{database.get(), simulator, clock, clock};
    conversation::Lanes lanes{{database.get(), clock, clock, random, [] {}}, 1};
    api::RateLimits limits{random, {}};
    api::Context context{database.get(),
                         clock,
                         clock,
                         random,
                         accounts,
                         calendars,
                         lanes,
                         sender,
                         simulator,
                         events,
                         limits,
                         nullptr,
                         [] {},
                         {},
                         [](base::Instant to) { return to; },
                         [] { return base::Result<void>(); }};
};

TEST(ContractTest, HasTheRoutesOfTheServerAndNoOthers) {
    auto rooms = StillRooms();
    auto served = std::set<std::string>();
    auto const router = api::make_router(rooms.context);
    for (auto const& route : router.routes()) {
        served.insert(route.method + " " + route.pattern);
    }
    auto promised = std::set<std::string>();
    for (auto const& operation : api::contract().operations()) {
        promised.insert(operation.method + " " + operation.path);
    }
    EXPECT_THAT(served, testing::ContainerEq(promised));
}

std::string with_id(std::string path, std::string const& id) {
    auto const at = path.find("{id}");
    return at == path.npos ? path : path.replace(at, 4, id);
}

Answer call(TestClient& client, Operation const& operation, std::string const& id) {
    auto const has_body = operation.method != "GET" && operation.method != "DELETE";
    return client.send(operation.method, with_id(operation.path, id), has_body ? R"({"version": 1})" : "");
}

class ServedContract : public OpenHouse {};
APUNTA_ON_EACH_ENGINE(ServedContract);

TEST_P(ServedContract, IsServedAsItIs) {
    auto client = stranger();
    auto const answer = client.get("/api/v1/openapi.json");
    EXPECT_EQ(answer.text_at("/openapi"), "3.1.0");
    EXPECT_EQ(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(answer.header("access-control-allow-origin"), "");
    EXPECT_EQ(client.send("HEAD", "/api/v1/openapi.json").header("content-type"), "application/json");
}

TEST_P(ServedContract, LetsNobodyInWithoutAToken) {
    auto client = stranger();
    auto asked = 0;
    for (auto const& operation : api::contract().operations()) {
        if (operation.is_public) continue;
        client.use_token("");
        EXPECT_EQ(call(client, operation, "0").code(), "unauthorized") << operation.method << " " << operation.path;
        client.use_token("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.");
        EXPECT_EQ(call(client, operation, "0").status, 401) << operation.method << " " << operation.path;
        ++asked;
    }
    EXPECT_GT(asked, 40);
}

/// The members that a valid request to this route has, as far as the way to 404 needs them.
std::string body_for(Operation const& operation) {
    if (operation.method == "PATCH") return R"({"version": 1})";
    if (operation.path.ends_with("/merge")) {
        return R"({"version": 1, "other_id": "0198a000-0000-7000-8000-000000000000", "other_version": 1})";
    }
    if (operation.path.ends_with("/messages")) return R"({"text": "Hola"})";
    return operation.method == "POST" ? "{}" : "";
}

TEST_P(ServedContract, DoesNotTellTheThingsOfOthersFromWhatDoesNotExist) {
    auto ana = owner("ana@example.com");
    auto eva = owner("eva@example.com");
    open_every_day(eva);
    auto const service = add_service(eva, "Corte");
    auto const block = eva.post(
        "/api/v1/blocks", json::object{{"starts_at", "2026-12-01T10:00:00Z"}, {"ends_at", "2026-12-01T11:00:00Z"}});
    auto const exception =
        eva.post("/api/v1/business/exceptions", json::object{{"date", "2026-12-25"}, {"closed", true}});
    auto const booking = eva.post("/api/v1/bookings", json::object{{"service_id", service},
                                                                   {"starts_at", "2026-10-20T10:00:00+02:00"},
                                                                   {"customer", json::object{{"name", "Lucía"}}}});
    ASSERT_EQ(booking.status, 201) << booking.text;
    ASSERT_EQ(eva.post("/api/v1/simulator/messages", json::object{{"from", "+34600111222"}, {"text", "hola"}}).status,
              202);
    auto const chat = eva.get("/api/v1/conversations").text_at("/items/0/id");
    auto const session = eva.get("/api/v1/auth/sessions").text_at("/items/0/id");
    auto const hers = std::map<std::string, std::string>{{"/api/v1/services", service},
                                                         {"/api/v1/blocks", block.text_at("/id")},
                                                         {"/api/v1/business/exceptions", exception.text_at("/id")},
                                                         {"/api/v1/bookings", booking.text_at("/id")},
                                                         {"/api/v1/customers", booking.text_at("/customer/id")},
                                                         {"/api/v1/conversations", chat},
                                                         {"/api/v1/auth/sessions", session},
                                                         {"/api/v1/staff", first_staff(eva)}};
    for (auto const& operation : api::contract().operations()) {
        auto const at = operation.path.find("/{id}");
        if (at == operation.path.npos) continue;
        ASSERT_TRUE(hers.contains(operation.path.substr(0, at))) << operation.path;
        auto const ask = [&](std::string const& id) {
            return ana.send(operation.method, with_id(operation.path, id), body_for(operation));
        };
        auto const foreign = ask(hers.at(operation.path.substr(0, at)));
        EXPECT_EQ(foreign.status, 404) << operation.method << " " << operation.path << foreign.text;
        EXPECT_EQ(foreign.text, ask("0198a000-0000-7000-8000-000000000000").text) << operation.path;
        EXPECT_EQ(foreign.text, ask("no-id-at-all").text) << operation.path;
    }
    // And they are all still there.
    EXPECT_EQ(eva.get("/api/v1/bookings/" + booking.text_at("/id")).text_at("/status"), "confirmed");
    EXPECT_EQ(eva.get("/api/v1/services/" + service).status, 200);
    EXPECT_EQ(eva.get("/api/v1/auth/me").status, 200);
}

TEST_P(ServedContract, NamesNobodyElsesStaffInHours) {
    auto ana = owner("ana@example.com");
    auto eva = owner("eva@example.com");
    auto const hers = first_staff(eva);
    EXPECT_EQ(ana.get("/api/v1/business/hours?staff_id=" + hers).status, 404);
    EXPECT_EQ(
        ana.put("/api/v1/business/hours?staff_id=" + hers, json::object{{"version", 1}, {"weekly", nullptr}}).status,
        404);
    EXPECT_EQ(ana.post("/api/v1/services", json::object{{"name", "Corte"},
                                                        {"duration_minutes", 30},
                                                        {"staff_ids", json::array{json::value(hers)}}})
                  .field(),
              "staff_ids[0]");
}

} // namespace
} // namespace house
