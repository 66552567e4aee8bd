// What an owner sets: business, hours, exceptions, blocks, services, staff.
#include <gmock/gmock.h>

#include "house/open_house_test.hpp"

namespace house {
namespace {

class Configuration : public OpenHouse {};
APUNTA_ON_EACH_ENGINE(Configuration);

json::array names(Answer const& page) {
    auto found = json::array();
    for (auto const& item : page["/items"].as_array()) {
        found.push_back(item.at("name"));
    }
    return found;
}

TEST_P(Configuration, ABusinessChangesWhereThePatchSaysAndNowhereElse) {
    auto client = owner();
    auto const before = client.get("/api/v1/business");
    auto const after = client.patch(
        "/api/v1/business", {{"version", 1},
                             {"name", "Salón Ana"},
                             {"kind", "hair_salon"},
                             {"phone", "600 111 222"},
                             {"facts", json::array{json::object{{"topic", "parking"}, {"text", "En la calle 3"}}}},
                             {"assistant", json::object{{"name", "Lola"}, {"paused_until", "2026-10-19T10:00:00Z"}}},
                             {"reminders", json::object{{"day_before", false}}},
                             {"onboarding", json::object{{"step", 3}}}});
    ASSERT_EQ(after.status, 200) << after.text;
    EXPECT_EQ(after["/version"], 2);
    EXPECT_EQ(after.text_at("/phone"), "+34600111222");
    EXPECT_EQ(after.text_at("/facts/0/topic"), "parking");
    EXPECT_EQ(after.text_at("/assistant/name"), "Lola");
    EXPECT_EQ(after.text_at("/assistant/paused_until"), "2026-10-19T12:00:00+02:00");
    EXPECT_EQ(after.text_at("/assistant/mode"), "always");
    EXPECT_EQ(after["/reminders/day_before"], false);
    EXPECT_EQ(after["/onboarding/step"], 3);
    EXPECT_EQ(after["/timezone"], before["/timezone"]);
    EXPECT_EQ(after["/slot_step_minutes"], before["/slot_step_minutes"]);
    auto const cleared = client.patch("/api/v1/business", {{"version", 2},
                                                           {"phone", nullptr},
                                                           {"facts", nullptr},
                                                           {"assistant", json::object{{"paused_until", nullptr}}}});
    EXPECT_TRUE(cleared["/phone"].is_null());
    EXPECT_TRUE(cleared["/facts"].as_array().empty());
    EXPECT_TRUE(cleared["/assistant/paused_until"].is_null());
    EXPECT_EQ(cleared.text_at("/assistant/name"), "Lola");
    auto now_there = cleared.body.as_object();
    now_there.erase("affected");
    EXPECT_EQ(client.get("/api/v1/business").body, json::value(now_there));
}

TEST_P(Configuration, EveryKindToneAndModeOfTheContractIsTaken) {
    auto client = owner();
    auto version = 1;
    auto const take = [&](json::object change) {
        change["version"] = version++;
        auto const answer = client.patch("/api/v1/business", change);
        EXPECT_EQ(answer.status, 200) << answer.text;
    };
    for (auto const* kind : {"hair_salon", "barber", "nails", "beauty", "clinic", "physio", "dental", "other"}) {
        take({{"kind", kind}});
    }
    for (auto const* tone : {"tu", "usted", "vos"}) {
        take({{"tone", tone}});
    }
    for (auto const* mode : {"off", "suggest", "after_hours", "always"}) {
        take({{"assistant", json::object{{"mode", mode}}}});
    }
}

TEST_P(Configuration, AStaleChangeIsRefusedWithThePresentState) {
    auto client = owner();
    auto const staff = "/api/v1/staff/" + first_staff(client);
    auto const service = "/api/v1/services/" + add_service(client, "Corte");
    for (auto const& path : {std::string("/api/v1/business"), staff, service}) {
        ASSERT_EQ(client.patch(path, {{"version", 1}, {"name", "Neu"}}).status, 200);
        auto const stale = client.patch(path, {{"version", 1}, {"name", "Alt"}});
        EXPECT_EQ(stale.status, 409) << path;
        EXPECT_EQ(stale.code(), "version_conflict");
        EXPECT_EQ(stale["/current/version"], 2);
        EXPECT_EQ(stale.text_at("/current/name"), "Neu");
        EXPECT_EQ(client.patch(path, {{"version", 7}, {"name", "Alt"}}).status, 409);
        EXPECT_EQ(client.get(path).text_at("/name"), "Neu");
    }
    open_every_day(client);
    auto const hours = client.put("/api/v1/business/hours", {{"version", 1}, {"weekly", json::object()}});
    EXPECT_EQ(hours.code(), "version_conflict");
    EXPECT_EQ(hours["/current/version"], 2);
    EXPECT_EQ(hours.text_at("/current/weekly/monday/0/from"), "09:00");
}

TEST_P(Configuration, IsActivatedWhenNothingEssentialIsMissing) {
    auto client = owner();
    auto const refused = client.post("/api/v1/business/activate");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.code(), "not_ready");
    EXPECT_EQ(refused["/errors"].as_array().size(), 2U);
    EXPECT_EQ(refused.text_at("/errors/0/code"), "no_services");
    EXPECT_EQ(refused.text_at("/errors/1/code"), "no_hours");
    add_service(client, "Corte");
    open_every_day(client);
    EXPECT_EQ(client.post("/api/v1/business/activate", {{"version", 9}}).code(), "version_conflict");
    auto const active = client.post("/api/v1/business/activate", {{"version", 1}});
    ASSERT_EQ(active.status, 200) << active.text;
    EXPECT_TRUE(active["/activated_at"].is_string());
    auto const again = client.post("/api/v1/business/activate");
    EXPECT_EQ(again["/activated_at"], active["/activated_at"]);
    EXPECT_EQ(again["/version"], active["/version"]);
}

TEST_P(Configuration, HoursAreKeptSortedAndJoinedAndAreClosedWhereNothingIsSaid) {
    auto client = owner();
    auto const interval = [](auto from, auto to) { return json::object{{"from", from}, {"to", to}}; };
    auto const monday = json::array{interval("16:00", "20:00"), interval("09:00", "12:00"), interval("12:00", "14:00")};
    auto const week = json::object{{"monday", monday}, {"friday", json::array{interval("22:00", "24:00")}}};
    auto const saved = client.put("/api/v1/business/hours", {{"version", 1}, {"weekly", week}});
    ASSERT_EQ(saved.status, 200) << saved.text;
    EXPECT_EQ(saved["/weekly/monday"], (json::array{interval("09:00", "14:00"), interval("16:00", "20:00")}));
    EXPECT_EQ(saved.text_at("/weekly/friday/0/to"), "24:00");
    EXPECT_TRUE(saved["/weekly/sunday"].as_array().empty());
    EXPECT_EQ(client.get("/api/v1/business/hours")["/weekly"], saved["/weekly"]);
}

TEST_P(Configuration, AStaffMemberWorksTheBusinesssHoursUntilSheHasHerOwn) {
    auto client = owner();
    auto const hours = "/api/v1/business/hours?staff_id=" + first_staff(client);
    EXPECT_TRUE(client.get(hours)["/weekly"].is_null());
    auto const own = client.put(hours, {{"version", 1}, {"weekly", everyday("10:00", "12:00")}});
    EXPECT_EQ(own["/version"], 2);
    EXPECT_EQ(client.get(hours).text_at("/weekly/monday/0/to"), "12:00");
    EXPECT_EQ(client.get("/api/v1/staff")["/items/0/own_hours"], true);
    EXPECT_TRUE(client.get("/api/v1/business/hours")["/weekly/monday"].as_array().empty());
    EXPECT_EQ(client.put(hours, {{"version", 2}, {"weekly", nullptr}}).status, 200);
    EXPECT_TRUE(client.get(hours)["/weekly"].is_null());
}

TEST_P(Configuration, ADateHasOneExceptionForEverybodyAndOneForEach) {
    auto client = owner();
    auto const add = [&](json::object more) {
        more["date"] = "2026-12-24";
        return client.post("/api/v1/business/exceptions", more);
    };
    auto const half_day = json::array{json::object{{"from", "09:00"}, {"to", "13:00"}}};
    auto const everybody = add({{"hours", half_day}, {"reason", "Nochebuena"}});
    ASSERT_EQ(everybody.status, 201) << everybody.text;
    EXPECT_EQ(everybody["/closed"], false);
    EXPECT_TRUE(everybody["/staff_id"].is_null());
    auto const hers = add({{"closed", true}, {"staff_id", first_staff(client)}});
    ASSERT_EQ(hers.status, 201) << hers.text;
    EXPECT_EQ(hers["/closed"], true);
    auto const twice = add({{"closed", true}});
    EXPECT_EQ(twice.status, 409);
    EXPECT_EQ(twice.code(), "already_exists");
    EXPECT_EQ(twice.field(), "date");
    EXPECT_EQ(client.get("/api/v1/business/exceptions")["/items"].as_array().size(), 2U);
    EXPECT_TRUE(client.get("/api/v1/business/exceptions?from=2026-12-25")["/items"].as_array().empty());
    EXPECT_EQ(client.remove("/api/v1/business/exceptions/" + everybody.text_at("/id")).status, 200);
    EXPECT_EQ(client.remove("/api/v1/business/exceptions/" + everybody.text_at("/id")).status, 404);
    EXPECT_EQ(add({{"closed", true}}).status, 201);
}

TEST_P(Configuration, BlocksAreListedWhereTheyTouchTheStretch) {
    auto client = owner();
    auto const add = [&](auto from, auto to) {
        return client.post("/api/v1/blocks", {{"starts_at", from}, {"ends_at", to}, {"title", "Médico"}});
    };
    auto const block = add("2026-10-20T08:00:00Z", "2026-10-20T09:00:00Z");
    ASSERT_EQ(block.status, 201) << block.text;
    EXPECT_EQ(block.text_at("/starts_at"), "2026-10-20T10:00:00+02:00");
    add("2026-10-21T08:00:00Z", "2026-10-21T09:00:00Z");
    auto const count = [&](std::string const& query) {
        return client.get("/api/v1/blocks" + query)["/items"].as_array().size();
    };
    EXPECT_EQ(count(""), 2U);
    EXPECT_EQ(count("?from=2026-10-20&to=2026-10-20"), 1U);
    EXPECT_EQ(count("?from=2026-10-20T10:59:00%2B02:00&to=2026-10-20T23:00:00Z"), 1U);
    EXPECT_EQ(count("?from=2026-10-20T11:00:00%2B02:00&to=2026-10-20T23:00:00Z"), 0U);
    EXPECT_EQ(client.remove("/api/v1/blocks/" + block.text_at("/id")).status, 204);
    EXPECT_EQ(count(""), 1U);
}

TEST_P(Configuration, AServiceBeginsWithTheBufferOfTheBusinessAndAPriceThatFitsIt) {
    auto client = owner();
    ASSERT_EQ(client.patch("/api/v1/business", {{"version", 1}, {"buffer_minutes", 10}}).status, 200);
    auto const create = [&](json::object service) {
        service.emplace("duration_minutes", 45);
        return client.post("/api/v1/services", service);
    };
    auto const plain = create({{"name", "Corte"}});
    EXPECT_EQ(plain["/buffer_after_minutes"], 10);
    EXPECT_EQ(plain.text_at("/price_kind"), "ask");
    EXPECT_TRUE(plain["/price_minor"].is_null());
    EXPECT_FALSE(plain.body.as_object().contains("staff_ids"));
    auto const priced = create({{"name", "Tinte"}, {"price_minor", 4500}, {"buffer_after_minutes", 0}});
    EXPECT_EQ(priced["/buffer_after_minutes"], 0);
    EXPECT_EQ(priced.text_at("/price_kind"), "fixed");
    EXPECT_EQ(priced.text_at("/currency"), "EUR");
}

TEST_P(Configuration, AServiceIsDoneByAllByNobodyOrByThoseNamed) {
    auto client = owner();
    auto const staff = first_staff(client);
    auto const nobody =
        client.post("/api/v1/services", {{"name", "Tinte"}, {"duration_minutes", 30}, {"staff_ids", json::array()}});
    EXPECT_EQ(nobody["/staff_ids"].as_array().size(), 0U);
    auto const path = "/api/v1/services/" + nobody.text_at("/id");
    auto const named =
        client.patch(path, {{"version", 1}, {"staff_ids", json::array{json::value(staff), json::value(staff)}}});
    EXPECT_EQ(named["/staff_ids"], json::array{json::value(staff)});
    EXPECT_EQ(client.patch(path, {{"version", 2}, {"category", "Color"}})["/staff_ids"], named["/staff_ids"]);
    EXPECT_FALSE(client.patch(path, {{"version", 3}, {"staff_ids", nullptr}}).body.as_object().contains("staff_ids"));
}

TEST_P(Configuration, AServicesNameIsItsOwnWhateverItsCaseAndAccents) {
    auto client = owner();
    auto const id = add_service(client, "Depilación");
    add_service(client, "Corte");
    auto const second = client.post("/api/v1/services", {{"name", "DEPILACION"}, {"duration_minutes", 30}});
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(second.code(), "already_exists");
    EXPECT_EQ(second.field(), "name");
    auto const renamed = client.patch("/api/v1/services/" + id, {{"version", 1}, {"name", "corte"}});
    EXPECT_EQ(renamed.code(), "already_exists");
    ASSERT_EQ(client.remove("/api/v1/services/" + id).status, 200);
    EXPECT_EQ(client.get("/api/v1/services/" + id).status, 404);
    EXPECT_EQ(names(client.get("/api/v1/services")), (json::array{"Corte"}));
    add_service(client, "Depilación");
}

TEST_P(Configuration, WhatIsCreatedTwiceWithOneKeyIsCreatedOnce) {
    auto client = owner();
    auto const once = TestClient::Headers{{"Idempotency-Key", "k1"}};
    auto const corte = json::object{{"name", "Corte"}, {"duration_minutes", 30}};
    auto const first = client.post("/api/v1/services", corte, once);
    ASSERT_EQ(first.status, 201);
    EXPECT_EQ(client.post("/api/v1/services", corte, once).text, first.text);
    auto const other = client.post("/api/v1/services", {{"name", "Tinte"}, {"duration_minutes", 30}}, once);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "idempotency_mismatch");
    EXPECT_EQ(names(client.get("/api/v1/services")), json::array{"Corte"});
}

TEST_P(Configuration, ListsComeInPagesThatAChangeInBetweenDoesNotShift) {
    auto client = owner();
    for (auto const* name : {"A", "B", "C", "D", "E"}) {
        add_service(client, name);
    }
    auto const first = client.get("/api/v1/services?limit=2");
    EXPECT_EQ(names(first), (json::array{"A", "B"}));
    ASSERT_EQ(client.remove("/api/v1/services/" + first.text_at("/items/1/id")).status, 200);
    auto const second = client.get("/api/v1/services?limit=2&cursor=" + first.text_at("/next_cursor"));
    EXPECT_EQ(names(second), (json::array{"C", "D"}));
    auto const third = client.get("/api/v1/services?limit=2&cursor=" + second.text_at("/next_cursor"));
    EXPECT_EQ(names(third), json::array{"E"});
    EXPECT_TRUE(third["/next_cursor"].is_null());
    EXPECT_TRUE(client.get("/api/v1/services?limit=4")["/next_cursor"].is_null());
}

TEST_P(Configuration, SomebodyIsAlwaysThereToBookWith) {
    auto client = owner();
    auto const ana = "/api/v1/staff/" + first_staff(client);
    EXPECT_EQ(client.remove(ana).code(), "last_staff");
    EXPECT_EQ(client.patch(ana, {{"version", 1}, {"active", false}}).code(), "last_staff");
    EXPECT_EQ(client.get(ana)["/version"], 1);
    auto const bea = client.post("/api/v1/staff", {{"name", "Bea"}, {"color", "#22AA77"}});
    EXPECT_EQ(bea.text_at("/color"), "#22aa77");
    EXPECT_EQ(client.patch(ana, {{"version", 1}, {"active", false}}).status, 200);
    EXPECT_EQ(client.remove("/api/v1/staff/" + bea.text_at("/id")).status, 409);
    EXPECT_EQ(client.patch(ana, {{"version", 2}, {"active", true}}).status, 200);
    EXPECT_EQ(client.remove("/api/v1/staff/" + bea.text_at("/id")).status, 200);
    EXPECT_EQ(names(client.get("/api/v1/staff")), json::array{"Ana"});
}

TEST_P(Configuration, WhoLeavesIsNoLongerNamedByServices) {
    auto client = owner();
    auto const bea = client.post("/api/v1/staff", {{"name", "Bea"}}).text_at("/id");
    auto const service = add_service(client, "Tinte", {{"staff_ids", json::array{json::value(bea)}}});
    ASSERT_EQ(client.remove("/api/v1/staff/" + bea).status, 200);
    EXPECT_EQ(client.get("/api/v1/services/" + service)["/staff_ids"], json::array());
    EXPECT_EQ(client.get("/api/v1/staff/" + bea).status, 404);
    EXPECT_EQ(client.get("/api/v1/business/hours?staff_id=" + bea).status, 404);
}

TEST_P(Configuration, HealthAndReadinessNeedNoToken) {
    auto client = stranger();
    EXPECT_EQ(client.get("/healthz").text_at("/status"), "ok");
    EXPECT_EQ(client.get("/readyz").text_at("/status"), "ready");
}

} // namespace
} // namespace house
