// Free starts are answered from a calendar that was loaded before, if nothing changed since. Here everything changes.
#include <boost/json.hpp>
#include <functional>

#include "house/open_house_test.hpp"

namespace house {
namespace {

/// A salon with Ana, who alone does the cut.
struct Salon {
    TestClient client;
    std::string ana;
    std::string cut;
};

struct Change {
    char const* what;
    std::function<Answer(Salon&)> make;
};

std::string starts(Salon& salon, std::string const& from, std::string const& to) {
    auto const answer = salon.client.get("/api/v1/availability?service_id=" + salon.cut + "&from=" + api::escape(from) +
                                         "&to=" + api::escape(to));
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.text;
}

std::string starts_of_tuesday(Salon& salon) { return starts(salon, "2026-10-20", "2026-10-20"); }

/// The same starts, asked for with another last date each time, so that nobody was asked for that calendar before.
std::string starts_of_tuesday_loaded_anew(Salon& salon, int days_more) {
    auto const until = base::format_date(base::make_date(2026, 10, 20) + std::chrono::days(days_more));
    auto answer = json::parse(starts(salon, "2026-10-20", until)).as_object();
    auto tuesday = json::array();
    for (auto const& start : answer["items"].as_array()) {
        if (start.at("starts_at").as_string().starts_with("2026-10-20")) tuesday.push_back(start);
    }
    return json::serialize(json::object{{"items", std::move(tuesday)}});
}

json::array hours(std::string_view from, std::string_view to) {
    return json::array{json::object{{"from", from}, {"to", to}}};
}

Answer patch(Salon& salon, std::string const& target, json::object change) {
    change["version"] = salon.client.get(target)["/version"];
    return salon.client.patch(target, change);
}

Answer put_hours(Salon& salon, std::string const& target, json::array const& tuesday) {
    auto const version = salon.client.get(target)["/version"];
    return salon.client.put(target, {{"version", version}, {"weekly", json::object{{"tuesday", tuesday}}}});
}

Answer remove_first(Salon& salon, std::string const& list) {
    return salon.client.remove(list + "/" + salon.client.get(list).text_at("/items/0/id"));
}

std::string booking_path(Salon& salon) {
    return "/api/v1/bookings/" + salon.client.get("/api/v1/bookings").text_at("/items/0/id");
}

std::vector<Change> all_changes() {
    auto const exceptions = std::string("/api/v1/business/exceptions");
    return {
        {"a booking",
         [](Salon& salon) {
             return salon.client.post("/api/v1/bookings", {{"service_id", salon.cut},
                                                           {"starts_at", "2026-10-20T10:00:00+02:00"},
                                                           {"customer", json::object{{"name", "Lucía"}}}});
         }},
        {"a move",
         [](Salon& salon) { return patch(salon, booking_path(salon), {{"starts_at", "2026-10-20T12:00:00+02:00"}}); }},
        {"a cancellation",
         [](Salon& salon) { return salon.client.post(booking_path(salon) + "/cancel", json::object()); }},
        {"a block",
         [](Salon& salon) {
             return salon.client.post("/api/v1/blocks", {{"staff_id", nullptr},
                                                         {"title", "Obras"},
                                                         {"starts_at", "2026-10-20T09:00:00+02:00"},
                                                         {"ends_at", "2026-10-20T11:00:00+02:00"}});
         }},
        {"no block", [](Salon& salon) { return remove_first(salon, "/api/v1/blocks"); }},
        {"an exception",
         [=](Salon& salon) {
             return salon.client.post(exceptions, {{"date", "2026-10-20"}, {"hours", hours("10:00", "12:00")}});
         }},
        {"no exception", [=](Salon& salon) { return remove_first(salon, exceptions); }},
        {"a longer service",
         [](Salon& salon) { return patch(salon, "/api/v1/services/" + salon.cut, {{"duration_minutes", 45}}); }},
        {"the business's hours",
         [](Salon& salon) { return put_hours(salon, "/api/v1/business/hours", hours("09:00", "14:00")); }},
        {"her own hours",
         [](Salon& salon) {
             return put_hours(salon, "/api/v1/business/hours?staff_id=" + salon.ana, hours("10:00", "13:00"));
         }},
        {"another grid", [](Salon& salon) { return patch(salon, "/api/v1/business", {{"slot_step_minutes", 20}}); }},
        {"somebody new", [](Salon& salon) { return salon.client.post("/api/v1/staff", {{"name", "Bea"}}); }},
        {"somebody away", [](Salon& salon) { return patch(salon, "/api/v1/staff/" + salon.ana, {{"active", false}}); }},
        {"another zone",
         [](Salon& salon) { return patch(salon, "/api/v1/business", {{"timezone", "Europe/London"}}); }},
        {"a service that is gone", [](Salon& salon) { return salon.client.remove("/api/v1/services/" + salon.cut); }},
    };
}

class FreeStarts : public OpenHouse {
protected:
    Salon salon() {
        auto client = owner();
        open_every_day(client);
        auto const cut = add_service(client, "Corte");
        auto const ana = first_staff(client);
        return {std::move(client), ana, cut};
    }
};
APUNTA_ON_EACH_ENGINE(FreeStarts);

TEST_P(FreeStarts, EachChangeShowsAtOnce) {
    auto place = salon();
    auto days_more = 0;
    for (auto const& [what, make] : all_changes()) {
        auto const before = starts_of_tuesday(place);
        EXPECT_EQ(starts_of_tuesday(place), before) << "before " << what;
        auto const answer = make(place);
        ASSERT_LT(answer.status, 300) << what << ": " << answer.text;
        auto const after = starts_of_tuesday(place);
        EXPECT_NE(after, before) << what;
        EXPECT_EQ(after, starts_of_tuesday_loaded_anew(place, ++days_more)) << what;
    }
}

TEST_P(FreeStarts, AnotherBusinessHasItsOwn) {
    auto one = salon();
    auto other = Salon{owner("bea@example.com"), {}, {}};
    other.cut = add_service(other.client, "Corte");
    put_hours(other, "/api/v1/business/hours", hours("10:00", "11:00"));
    EXPECT_NE(starts_of_tuesday(one), starts_of_tuesday(other));
    other.cut = one.cut;
    EXPECT_EQ(other.client.get("/api/v1/availability?service_id=" + one.cut + "&from=2026-10-20&to=2026-10-20").status,
              404);
}

TEST_P(FreeStarts, WhatAnotherNodeWroteIsSeen) {
    auto place = salon();
    auto const before = starts_of_tuesday(place);
    auto const business = base::BusinessId(place.client.get("/api/v1/business").text_at("/id"));
    auto const written = house().database().write([&](store::Tx& tx) -> base::Result<void> {
        tx.run("DELETE FROM weekly_hours WHERE business_id = ?1", {business});
        tx.note({business, "hours.updated", business.text()});
        return {};
    });
    ASSERT_TRUE(written);
    EXPECT_NE(starts_of_tuesday(place), before);
}

} // namespace
} // namespace house
