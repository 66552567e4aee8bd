// A change of the configuration shows the bookings it touches, and leaves them as they are.
#include <functional>

#include "booking/booking.hpp"
#include "customers/customers.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

constexpr auto tuesday_at_10 = "2026-10-20T10:00:00+02:00";

/// A salon with one booking, on Tuesday at ten with Ana for a cut of 30 minutes.
struct Salon {
    TestClient client;
    std::string ana;
    std::string bea;
    std::string cut;
    std::string booking;
};

enum class Expect { shown, not_shown };

class Affected : public OpenHouse {
protected:
    Salon salon() {
        auto client = owner();
        open_every_day(client);
        auto const ana = first_staff(client);
        auto const bea = client.post("/api/v1/staff", {{"name", "Bea"}}).text_at("/id");
        auto const cut = add_service(client, "Corte");
        auto const booking = book(client, cut, ana, tuesday_at_10);
        return {std::move(client), ana, bea, cut, booking};
    }

    std::string book(TestClient& client, std::string const& service, std::string const& staff, std::string_view at) {
        auto const business = base::BusinessId(client.get("/api/v1/business").text_at("/id"));
        auto const now = house().business_clock().now();
        auto const made = house().database().write([&](store::Tx& tx) {
            auto const lucia = customers::find_or_add(tx, business, "Lucía", std::nullopt, now, house().random()).id;
            auto const wish = booking::Wish{.service = base::ServiceId(service),
                                            .starts_at = base::parse_instant(at).value(),
                                            .staff = base::StaffId(staff),
                                            .customer_name = "Lucía",
                                            .overrides = {.outside_hours = true}};
            return booking::book(tx, business, lucia, wish, {}, now, house().random());
        });
        EXPECT_TRUE(made) << made.error().message;
        return made->id.text();
    }

    void check(Expect wanted, std::function<Answer(Salon&)> const& change) {
        auto place = salon();
        auto const answer = change(place);
        ASSERT_LT(answer.status, 300) << answer.text;
        auto const& affected = answer["/affected"].as_array();
        ASSERT_EQ(affected.size(), wanted == Expect::shown ? 1U : 0U) << answer.text;
        if (wanted == Expect::shown) {
            EXPECT_EQ(affected[0].at("id"), json::value(place.booking));
            EXPECT_EQ(affected[0].at("customer_name"), "Lucía");
            EXPECT_EQ(affected[0].at("service_name"), "Corte");
            EXPECT_EQ(affected[0].at("staff_id"), json::value(place.ana));
        }
        expect_untouched(place);
    }

    void expect_untouched(Salon& place) {
        auto const business = base::BusinessId(place.client.get("/api/v1/business").text_at("/id"));
        auto const row = house().database().read([&](store::Tx& tx) -> base::Result<store::BookingRow> {
            return store::find_booking(tx, business, base::BookingId(place.booking)).value();
        });
        EXPECT_EQ(row->status, "confirmed");
        EXPECT_EQ(row->version, 1);
        EXPECT_EQ(row->starts_at, base::parse_instant(tuesday_at_10).value());
    }
};
APUNTA_ON_EACH_ENGINE(Affected);

json::array hours(std::string_view from, std::string_view to) {
    return json::array{json::object{{"from", from}, {"to", to}}};
}

auto put_hours(std::string const& query, std::int64_t version, std::string from, std::string to) {
    return [=](Salon& salon) {
        return salon.client.put("/api/v1/business/hours" + (query.empty() ? "" : query + salon.ana),
                                {{"version", version}, {"weekly", everyday(from, to)}});
    };
}

auto add_exception(std::string date, json::object more, bool for_ana = false) {
    return [=](Salon& salon) {
        auto exception = more;
        exception["date"] = date;
        if (for_ana) exception["staff_id"] = salon.ana;
        return salon.client.post("/api/v1/business/exceptions", exception);
    };
}

auto add_block(std::string from, std::string to, std::string Salon::* staff = nullptr) {
    return [=](Salon& salon) {
        auto block = json::object{{"starts_at", from}, {"ends_at", to}};
        if (staff != nullptr) block["staff_id"] = salon.*staff;
        return salon.client.post("/api/v1/blocks", block);
    };
}

auto patch(std::string path, std::string Salon::* id, json::object change) {
    return [=](Salon& salon) {
        auto body = change;
        body["version"] = 1;
        return salon.client.patch("/api/v1/" + path + (id == nullptr ? "" : "/" + salon.*id), body);
    };
}

TEST_P(Affected, HoursThatEndWithABookingDoNotShowIt) { check(Expect::not_shown, put_hours("", 2, "09:00", "10:30")); }
TEST_P(Affected, HoursThatEndDuringABookingShowIt) { check(Expect::shown, put_hours("", 2, "09:00", "10:29")); }
TEST_P(Affected, HoursOfHerOwnThatBeginLaterShowIt) {
    check(Expect::shown, put_hours("?staff_id=", 1, "10:01", "20:00"));
}
TEST_P(Affected, HoursOfHerOwnThatHoldItDoNotShowIt) {
    check(Expect::not_shown, put_hours("?staff_id=", 1, "10:00", "10:30"));
}
TEST_P(Affected, AHolidayShowsIt) { check(Expect::shown, add_exception("2026-10-20", {{"closed", true}})); }
TEST_P(Affected, AHolidayOfAnotherDateDoesNot) {
    check(Expect::not_shown, add_exception("2026-10-21", {{"closed", true}}));
}
TEST_P(Affected, AHalfDayThatHoldsItDoesNot) {
    check(Expect::not_shown, add_exception("2026-10-20", {{"hours", hours("10:00", "11:00")}}));
}
TEST_P(Affected, HerSickDayShowsIt) { check(Expect::shown, add_exception("2026-10-20", {{"closed", true}}, true)); }
TEST_P(Affected, ABlockForEverybodyShowsIt) {
    check(Expect::shown, add_block("2026-10-20T10:29:00+02:00", "2026-10-20T12:00:00+02:00"));
}
TEST_P(Affected, ABlockThatBeginsAtItsEndDoesNot) {
    check(Expect::not_shown, add_block("2026-10-20T10:30:00+02:00", "2026-10-20T12:00:00+02:00"));
}
TEST_P(Affected, ABlockOfHersShowsIt) {
    check(Expect::shown, add_block("2026-10-20T09:00:00+02:00", "2026-10-20T12:00:00+02:00", &Salon::ana));
}
TEST_P(Affected, ABlockOfAnotherDoesNot) {
    check(Expect::not_shown, add_block("2026-10-20T09:00:00+02:00", "2026-10-20T12:00:00+02:00", &Salon::bea));
}
TEST_P(Affected, WhoIsAwayShowsHers) { check(Expect::shown, patch("staff", &Salon::ana, {{"active", false}})); }
TEST_P(Affected, WhoLeavesShowsHers) {
    check(Expect::shown, [](Salon& salon) { return salon.client.remove("/api/v1/staff/" + salon.ana); });
}
TEST_P(Affected, WhoIsRenamedDoesNot) { check(Expect::not_shown, patch("staff", &Salon::ana, {{"name", "Anabel"}})); }
TEST_P(Affected, AServiceThatGoesShowsItsBookings) {
    check(Expect::shown, [](Salon& salon) { return salon.client.remove("/api/v1/services/" + salon.cut); });
}
TEST_P(Affected, ALongerServiceShowsThem) {
    check(Expect::shown, patch("services", &Salon::cut, {{"duration_minutes", 31}}));
}
TEST_P(Affected, AShorterServiceDoesNot) {
    check(Expect::not_shown, patch("services", &Salon::cut, {{"duration_minutes", 25}}));
}
TEST_P(Affected, AServiceThatNobodyDoesAnyMoreShowsThem) {
    check(Expect::shown, patch("services", &Salon::cut, {{"staff_ids", json::array()}}));
}
TEST_P(Affected, AnotherTimeZoneShowsWhoseHourMoves) {
    check(Expect::shown, patch("business", nullptr, {{"timezone", "Europe/London"}}));
}
TEST_P(Affected, AnotherNameOfTheBusinessDoesNot) {
    check(Expect::not_shown, patch("business", nullptr, {{"name", "Bea"}}));
}

TEST_P(Affected, WhatDidNotFitBeforeIsNotShown) {
    auto place = salon();
    book(place.client, place.cut, place.ana, "2026-10-21T22:00:00+02:00");
    auto const answer = put_hours("", 2, "11:00", "12:00")(place);
    ASSERT_EQ(answer["/affected"].as_array().size(), 1U) << answer.text;
    EXPECT_EQ(answer.text_at("/affected/0/id"), place.booking);
}

TEST_P(Affected, WhatIsCancelledIsNotShown) {
    auto place = salon();
    auto const cancel = "/api/v1/bookings/" + place.booking + "/cancel";
    ASSERT_EQ(place.client.post(cancel, json::object()).status, 200);
    EXPECT_TRUE(put_hours("", 2, "11:00", "12:00")(place)["/affected"].as_array().empty());
}

TEST_P(Affected, WhatIsOverIsNotShown) {
    auto place = salon();
    house().advance_clock(base::parse_instant("2026-10-20T10:01:00+02:00").value());
    EXPECT_TRUE(put_hours("", 2, "11:00", "12:00")(place)["/affected"].as_array().empty());
}

TEST_P(Affected, AnExceptionThatIsTakenBackShowsWhatStoodOnIt) {
    auto place = salon();
    auto const late = add_exception("2026-10-22", {{"hours", hours("09:00", "23:00")}})(place);
    auto const booking = book(place.client, place.cut, place.ana, "2026-10-22T22:00:00+02:00");
    auto const answer = place.client.remove("/api/v1/business/exceptions/" + late.text_at("/id"));
    ASSERT_EQ(answer["/affected"].as_array().size(), 1U) << answer.text;
    EXPECT_EQ(answer.text_at("/affected/0/id"), booking);
}

} // namespace
} // namespace house
