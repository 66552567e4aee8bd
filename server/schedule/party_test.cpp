// Parties against the rules they are made of: every place is free by itself, nobody is in two places at once, and what
// is missing cannot be had.
#include "schedule/party.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "schedule/reference_calendar_test.hpp"

namespace schedule {
namespace {

using base::Minutes;

business::Service service(std::string id, int length, int after = 0) {
    business::Service made;
    made.id = base::ServiceId(std::move(id));
    made.duration = Minutes(length);
    made.buffer_after = Minutes(after);
    return made;
}

base::StaffId person(std::size_t number) {
    return base::StaffId("01970000-0000-7000-8000-00000000000" + std::to_string(number));
}

/// A salon of two that nobody has booked yet; the query asks for a cut on its first day.
struct Salon {
    reference::Load load = reference::load({.people = 2, .days = 1, .busy = 0});
    Calendar& calendar = load.calendar;
    Query query = {service("cut", 30), load.query.from, load.query.to, std::nullopt, load.query.now};
    business::Service colour = service("colour", 100);

    base::Instant at(int hour, int minute = 0) const { return query.from + Minutes(60 * hour + minute); }
    void block(std::size_t who, base::Instant from, base::Instant to) {
        calendar.chairs[who].busy.push_back({from, to});
    }
    PartyVerdict check(Arrangement arrangement, base::Instant start) const {
        return check_party(calendar, query, {colour}, arrangement, start);
    }
};

TEST(Party, side_by_side_has_a_person_each) {
    Salon salon;
    auto const verdict = salon.check(Arrangement::together, salon.at(10));
    ASSERT_TRUE(verdict.start);
    EXPECT_EQ((*verdict.start)[0].starts_at, (*verdict.start)[1].starts_at);
    EXPECT_NE((*verdict.start)[0].staff, (*verdict.start)[1].staff);
}

TEST(Party, side_by_side_needs_as_many_people) {
    Salon salon;
    salon.block(1, salon.at(10, 15), salon.at(10, 30));
    EXPECT_FALSE(salon.check(Arrangement::together, salon.at(10)).start);
    EXPECT_EQ(salon.check(Arrangement::together, salon.at(10)).refusal, Refusal::taken);
    EXPECT_TRUE(salon.check(Arrangement::together, salon.at(10, 30)).start);
}

TEST(Party, who_alone_can_do_one_thing_is_left_for_it) {
    Salon salon;
    salon.colour.staff = std::vector{person(0)};
    auto const verdict = salon.check(Arrangement::together, salon.at(10));
    ASSERT_TRUE(verdict.start);
    EXPECT_EQ((*verdict.start)[0].staff, person(1));
    EXPECT_EQ((*verdict.start)[1].staff, person(0));
}

TEST(Party, in_a_row_goes_on_with_the_same_person_on_the_next_start_of_the_grid) {
    Salon salon;
    salon.query.service = service("colour", 100);
    salon.colour = service("cut", 30);
    auto const verdict = salon.check(Arrangement::in_a_row, salon.at(10));
    ASSERT_TRUE(verdict.start);
    EXPECT_EQ((*verdict.start)[1].starts_at, salon.at(11, 45));
    EXPECT_EQ((*verdict.start)[0].staff, (*verdict.start)[1].staff);
}

TEST(Party, in_a_row_keeps_the_buffer_of_the_first) {
    Salon salon;
    salon.query.service = service("cut", 30, 20);
    auto const verdict = salon.check(Arrangement::in_a_row, salon.at(10));
    ASSERT_TRUE(verdict.start);
    EXPECT_EQ((*verdict.start)[1].starts_at, salon.at(11));
}

TEST(Party, in_a_row_changes_the_person_when_the_first_has_no_time) {
    Salon salon;
    salon.block(0, salon.at(10, 30), salon.at(13));
    salon.query.staff = person(0);
    auto const verdict = salon.check(Arrangement::in_a_row, salon.at(10));
    ASSERT_TRUE(verdict.start);
    EXPECT_EQ((*verdict.start)[0].staff, person(0));
    EXPECT_EQ((*verdict.start)[1].staff, person(1));
}

TEST(Party, that_does_not_fit_before_closing_is_told_which_rule_refuses) {
    Salon salon;
    EXPECT_EQ(salon.check(Arrangement::in_a_row, salon.at(13)).refusal, Refusal::outside_hours);
    EXPECT_EQ(salon.check(Arrangement::together, salon.at(3)).refusal, Refusal::outside_hours);
}

TEST(Party, nearest_ones_come_in_order_of_time) {
    Salon salon;
    salon.block(0, salon.at(10), salon.at(11));
    auto const near = nearest_parties(salon.calendar, salon.query, {service("cut", 30)}, Arrangement::together,
                                      salon.at(10, 15), 2, 0);
    ASSERT_EQ(near.size(), 2U);
    EXPECT_EQ(near[0].front().starts_at, salon.at(9, 30));
    EXPECT_EQ(near[1].front().starts_at, salon.at(11));
}

TEST(Party, of_people_who_can_all_do_the_same_is_one_each) {
    auto const both = std::vector{person(0), person(1)};
    EXPECT_TRUE(one_person_each(std::vector{both, both}));
    EXPECT_FALSE(one_person_each(std::vector{both, both, both}));
    EXPECT_FALSE(one_person_each(std::vector{std::vector{person(0)}, std::vector{person(0)}}));
}

bool touches(base::Interval a, base::Interval b) { return a.from < b.to && b.from < a.to; }

void check_places(Calendar const& calendar, Query const& query, std::vector<business::Service> const& services,
                  PartyStart const& party) {
    RC_ASSERT(party.size() == services.size());
    for (std::size_t i = 0; i < party.size(); ++i) {
        auto const alone = Query{services[i], query.from, query.to, party[i].staff, query.now};
        RC_ASSERT(check_start(calendar, alone, party[i].starts_at, {}).slot.has_value());
        for (std::size_t j = 0; j < i; ++j) {
            if (party[i].staff != party[j].staff) continue;
            RC_ASSERT(!touches(business::occupied_by(services[i], party[i].starts_at),
                               business::occupied_by(services[j], party[j].starts_at)));
        }
    }
}

RC_GTEST_PROP(AnyParty, sits_on_free_chairs_and_agrees_with_the_check, ()) {
    auto const size = reference::Size{*rc::gen::inRange(1, 4), 2, *rc::gen::inRange(0, 40)};
    auto load = reference::load(size);
    load.query.service =
        service("a", *rc::gen::elementOf(std::vector{20, 30, 45}), *rc::gen::elementOf(std::vector{0, 10}));
    auto const others = *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(1, 3),
                                                              rc::gen::elementOf(std::vector{20, 30, 60}));
    std::vector<business::Service> services{load.query.service}, rest;
    for (auto const length : others)
        rest.push_back(service("b", length));
    services.insert(services.end(), rest.begin(), rest.end());
    auto const arrangement = *rc::gen::element(Arrangement::together, Arrangement::in_a_row);
    auto const parties = party_starts(load.calendar, load.query, rest, arrangement);
    for (auto const& party : parties)
        check_places(load.calendar, load.query, services, party);
    for (auto const& slot : availability(load.calendar, load.query)) {
        auto const found =
            std::ranges::any_of(parties, [&](auto const& party) { return party.front().starts_at == slot.starts_at; });
        auto const verdict = check_party(load.calendar, load.query, rest, arrangement, slot.starts_at);
        RC_ASSERT(found == verdict.start.has_value());
    }
}

} // namespace
} // namespace schedule
