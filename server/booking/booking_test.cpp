#include "booking/salon_test.hpp"

namespace booking {
namespace {

using schedule::Action;

INSTANTIATE_TEST_SUITE_P(Booking, OnBothEngines, ::testing::ValuesIn(store::engines_under_test()), engine_of);

TEST_P(OnBothEngines, a_booking_says_who_when_and_for_how_much) {
    auto const booked = salon.book(salon.lucia, {salon.colour, at("2026-03-03T10:00"), {}, "Inés", "pelo largo", {}},
                                   salon.as(salon.lucia));
    ASSERT_TRUE(booked) << booked.error().message;
    EXPECT_EQ(booked->staff, salon.ana);
    EXPECT_EQ(booked->ends_at, at("2026-03-03T11:00"));
    EXPECT_EQ(booked->occupied_from, at("2026-03-03T09:50"));
    EXPECT_EQ(booked->occupied_to, at("2026-03-03T11:20"));
    EXPECT_EQ(booked->local_start, "2026-03-03T10:00");
    EXPECT_EQ(booked->timezone, "Europe/Madrid");
    EXPECT_EQ(booked->status, "confirmed");
    EXPECT_EQ(booked->origin, "guided");
    EXPECT_EQ(booked->customer_name, "Inés");
    EXPECT_EQ(booked->notes, "pelo largo");
    EXPECT_EQ(booked->price_minor, 4500);
    EXPECT_EQ(salon.bookings(), std::vector{*booked});
}

TEST_P(OnBothEngines, a_booking_without_a_name_takes_the_customers_own) {
    EXPECT_EQ(salon.book(salon.cut, "2026-03-03T10:00")->customer_name, "Lucía");
}

TEST_P(OnBothEngines, a_price_on_request_is_not_kept) {
    EXPECT_EQ(salon.book(salon.advice, "2026-03-03T10:00")->price_minor, std::nullopt);
}

TEST_P(OnBothEngines, a_customers_booking_waits_for_an_owner_who_approves_each) {
    salon.edit_business([](store::BusinessRow& row) { row.owner_approves = true; });
    auto const hers = salon.book(salon.lucia, salon.wish(salon.cut, "2026-03-03T10:00"), salon.as(salon.lucia));
    auto const the_owners = salon.book(salon.cut, "2026-03-03T11:00");
    EXPECT_EQ(hers->status, "pending");
    EXPECT_EQ(the_owners->status, "confirmed");
    EXPECT_EQ(salon.act(hers->id, Action::confirm, salon.owner())->status, "confirmed");
}

TEST_P(OnBothEngines, every_rule_refuses_with_its_own_code) {
    salon.edit_business([](store::BusinessRow& row) { row.horizon_days = 30; });
    salon.close_on(base::make_date(2026, 3, 4), {});
    salon.close_on(base::make_date(2026, 3, 5), salon.ana);
    salon.block("2026-03-06T10:00", "2026-03-06T11:00", {});
    salon.block("2026-03-09T10:00", "2026-03-09T11:00", salon.bea);
    ASSERT_TRUE(salon.book(salon.cut, "2026-03-03T10:00", salon.ana));

    auto const check = [&](Wish const& wish, std::string const& code) {
        EXPECT_EQ(outcome(salon.book(salon.lucia, wish, salon.as(salon.lucia))), code) << wish.notes;
    };
    auto const wish = [&](char const* why, base::ServiceId const& service, std::string_view local,
                          std::optional<base::StaffId> const& staff = {}) {
        return Wish{service, at(local), staff, "", why, {}};
    };
    check(wish("an unknown service", salon.make<base::ServiceId>(), "2026-03-03T11:00"), "not_found");
    check(wish("an unknown staff member", salon.cut, "2026-03-03T11:00", salon.make<base::StaffId>()), "not_found");
    check(wish("an inactive service", salon.retired, "2026-03-03T11:00"), "not_performed");
    check(wish("a service of others", salon.colour, "2026-03-03T11:00", salon.bea), "not_performed");
    check(wish("less than an hour from now", salon.cut, "2026-03-02T08:45"), "too_soon");
    check(wish("yesterday", salon.cut, "2026-03-01T10:00"), "too_soon");
    check(wish("after the horizon", salon.cut, "2026-04-02T10:00"), "too_far");
    check(wish("a closed day", salon.cut, "2026-03-04T10:00"), "outside_hours");
    check(wish("the midday break", salon.cut, "2026-03-03T15:00"), "outside_hours");
    check(wish("ends after closing", salon.cut, "2026-03-03T13:45"), "outside_hours");
    check(wish("off the grid", salon.cut, "2026-03-03T11:05"), "outside_hours");
    check(wish("her day off", salon.cut, "2026-03-05T10:00", salon.ana), "outside_hours");
    check(wish("taken", salon.cut, "2026-03-03T10:15", salon.ana), "slot_taken");
    check(wish("everybody blocked", salon.cut, "2026-03-06T10:30"), "slot_taken");
    check(wish("one blocked", salon.cut, "2026-03-09T10:30", salon.bea), "slot_taken");
    auto with_seconds = wish("not a whole minute", salon.cut, "2026-03-03T11:00");
    with_seconds.starts_at += 1s;
    check(with_seconds, "outside_hours");
    EXPECT_EQ(salon.bookings().size(), 1);

    EXPECT_EQ(salon.book(salon.cut, "2026-03-09T10:30")->staff, salon.ana) << "the other one is free";
    EXPECT_EQ(salon.book(salon.cut, "2026-03-05T10:30")->staff, salon.bea);
}

TEST_P(OnBothEngines, the_owner_may_set_rules_aside_but_never_an_overlap) {
    auto const all = schedule::Overrides{.outside_hours = true, .too_soon = true, .too_far = true};
    auto const with = [&](std::string_view local, schedule::Overrides overrides) {
        return Wish{salon.cut, at(local), salon.ana, "", "", overrides};
    };
    auto const check = [&](std::string_view local, schedule::Overrides needed, std::string const& without) {
        EXPECT_EQ(outcome(salon.book(salon.lucia, with(local, {}), salon.owner())), without) << local;
        EXPECT_EQ(outcome(salon.book(salon.lucia, with(local, all), salon.as(salon.lucia))), without)
            << local << ": a customer overrides nothing";
        EXPECT_EQ(outcome(salon.book(salon.lucia, with(local, needed), salon.owner())), "booked") << local;
        EXPECT_EQ(outcome(salon.book(salon.lucia, with(local, all), salon.owner())), "slot_taken") << local;
    };
    check("2026-03-03T15:07", {.outside_hours = true}, "outside_hours");
    check("2026-03-02T08:30", {.outside_hours = true, .too_soon = true}, "too_soon");
    check("2026-12-24T10:00", {.too_far = true}, "too_far");
    auto const beyond = salon.book(salon.lucia, with("2037-01-02T10:00", all), salon.owner());
    EXPECT_EQ(outcome(beyond), "too_far") << "nobody knows the zones' rules for then";
}

TEST_P(OnBothEngines, buffers_of_neighbours_add_up_and_adjacent_is_free) {
    ASSERT_TRUE(salon.book(salon.colour, "2026-03-03T10:00")); // taken 9:50 to 11:20
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-03T11:15", salon.ana)), "slot_taken");
    EXPECT_EQ(outcome(salon.book(salon.colour, "2026-03-03T11:15")), "slot_taken");
    salon.edit_business([](store::BusinessRow& row) { row.slot_step_minutes = 5; });
    EXPECT_EQ(outcome(salon.book(salon.colour, "2026-03-03T11:25")), "slot_taken") << "20 minutes after, 10 before";
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-03T11:20", salon.ana)), "booked");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-03T09:20", salon.ana)), "booked");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-03T11:50", salon.ana)), "booked");
    EXPECT_EQ(salon.overlaps(), 0);
}

TEST_P(OnBothEngines, who_is_booked_least_that_day_is_preferred) {
    ASSERT_EQ(salon.book(salon.cut, "2026-03-03T18:00")->staff, salon.ana);
    EXPECT_EQ(salon.book(salon.cut, "2026-03-03T10:00")->staff, salon.bea);
    EXPECT_EQ(salon.book(salon.cut, "2026-03-04T10:00")->staff, salon.ana);
}

TEST_P(OnBothEngines, the_wall_time_agreed_is_kept_where_the_clocks_change) {
    auto const booked = salon.book(salon.cut, "2026-03-28T10:00");
    EXPECT_EQ(base::format_utc(booked->starts_at), "2026-03-28T09:00:00.000Z");
    auto const moved = salon.change(booked->id, {.starts_at = at("2026-03-29T10:00")}, salon.owner());
    EXPECT_EQ(base::format_utc(moved->starts_at), "2026-03-29T08:00:00.000Z");
    EXPECT_EQ(moved->local_start, "2026-03-29T10:00");
    EXPECT_EQ(salon.history(booked->id).back().details, R"({"starts_at":"2026-03-28T10:00:00+01:00"})");
}

TEST_P(OnBothEngines, a_customer_holds_three_bookings_at_most) {
    auto const book = [&](std::string_view local) {
        return salon.book(salon.lucia, salon.wish(salon.cut, local), salon.as(salon.lucia));
    };
    auto const first = book("2026-03-02T10:00");
    ASSERT_TRUE(book("2026-03-03T10:00"));
    ASSERT_TRUE(book("2026-03-04T10:00"));
    EXPECT_EQ(outcome(book("2026-03-05T10:00")), "limit_reached");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-05T10:00")), "booked") << "the owner has no limits";
    ASSERT_TRUE(salon.act(first->id, Action::cancel, salon.owner()));
    EXPECT_EQ(outcome(book("2026-03-06T10:00")), "limit_reached") << "the owner's booking counts as hers";
    salon.now = at("2026-03-03T12:00");
    EXPECT_EQ(outcome(book("2026-03-06T10:00")), "booked") << "what is past does not count";
}

TEST_P(OnBothEngines, a_customer_writes_five_times_a_day_at_most_but_may_always_cancel) {
    auto const hers = salon.as(salon.lucia);
    auto const booked = salon.book(salon.lucia, salon.wish(salon.cut, "2026-03-05T10:00"), hers);
    for (auto const* local : {"2026-03-05T11:00", "2026-03-05T12:00", "2026-03-05T13:00", "2026-03-05T16:00"}) {
        ASSERT_TRUE(salon.change(booked->id, {.starts_at = at(local)}, hers)) << local;
    }
    auto const wanted = Change{.starts_at = at("2026-03-05T17:00")};
    EXPECT_EQ(outcome(salon.change(booked->id, wanted, hers)), "limit_reached");
    EXPECT_EQ(outcome(salon.book(salon.lucia, salon.wish(salon.cut, "2026-03-06T10:00"), hers)), "limit_reached");
    EXPECT_EQ(outcome(salon.book(salon.marta, salon.wish(salon.cut, "2026-03-06T10:00"), salon.as(salon.marta))),
              "booked");
    EXPECT_EQ(outcome(salon.change(booked->id, wanted, salon.owner())), "booked");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::cancel, hers)), "booked");
    salon.now += 24h + 1ms;
    EXPECT_EQ(outcome(salon.book(salon.lucia, salon.wish(salon.cut, "2026-03-06T11:00"), hers)), "booked");
}

TEST_P(OnBothEngines, a_customer_cannot_touch_anothers_booking) {
    auto const lucias = salon.book(salon.cut, "2026-03-05T10:00");
    auto const marta = salon.as(salon.marta);
    EXPECT_EQ(outcome(salon.change(lucias->id, {.notes = "mía"}, marta)), "not_found");
    EXPECT_EQ(outcome(salon.act(lucias->id, Action::cancel, marta)), "not_found");
    EXPECT_EQ(outcome(salon.book(salon.lucia, salon.wish(salon.cut, "2026-03-06T10:00"), marta)), "not_found");
    auto nobody = marta;
    nobody.customer.reset();
    EXPECT_EQ(outcome(salon.act(lucias->id, Action::cancel, nobody)), "not_found");
    EXPECT_EQ(salon.bookings(), std::vector{*lucias});
}

TEST_P(OnBothEngines, another_business_sees_none_of_it) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00");
    auto other = Salon(database.get());
    EXPECT_EQ(outcome(other.change(booked->id, {.notes = "x"}, other.owner())), "not_found");
    EXPECT_EQ(outcome(other.act(booked->id, Action::cancel, other.owner())), "not_found");
    EXPECT_EQ(outcome(other.book(salon.lucia, other.wish(other.cut, "2026-03-06T10:00"), other.owner())), "not_found");
    EXPECT_EQ(outcome(other.book(salon.cut, "2026-03-06T10:00")), "not_found");
    EXPECT_EQ(outcome(other.book(other.cut, "2026-03-06T10:00", salon.ana)), "not_found");
    EXPECT_TRUE(other.bookings().empty());
    EXPECT_EQ(salon.bookings(), std::vector{*booked});
}

TEST_P(OnBothEngines, a_stale_version_changes_nothing) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00");
    auto const changed = salon.change(booked->id, {.notes = "uno"}, salon.owner(), 1);
    EXPECT_EQ(changed->version, 2);
    EXPECT_EQ(outcome(salon.change(booked->id, {.notes = "dos"}, salon.owner(), 1)), "version_conflict");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::cancel, salon.owner(), 1)), "version_conflict");
    EXPECT_EQ(salon.bookings(), std::vector{*changed});
    EXPECT_EQ(salon.act(booked->id, Action::cancel, salon.owner(), 2)->version, 3);
}

TEST_P(OnBothEngines, a_booking_may_move_over_its_own_time) {
    auto const booked = salon.book(salon.colour, "2026-03-05T10:00");
    auto const moved = salon.change(booked->id, {.starts_at = at("2026-03-05T10:15")}, salon.owner());
    ASSERT_TRUE(moved) << moved.error().message;
    EXPECT_EQ(moved->id, booked->id);
    EXPECT_EQ(moved->occupied_to, at("2026-03-05T11:35"));
    EXPECT_EQ(salon.bookings(), std::vector{*moved});
}

TEST_P(OnBothEngines, a_change_to_what_it_is_already_leaves_no_trace) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00", salon.ana);
    auto const same = salon.change(booked->id, {.starts_at = booked->starts_at, .staff = salon.ana}, salon.owner());
    EXPECT_EQ(same->version, 1);
    EXPECT_EQ(salon.history(booked->id).size(), 1);
}

TEST_P(OnBothEngines, the_owners_move_keeps_the_staff_member_and_a_customers_takes_who_is_free) {
    auto const taken = salon.book(salon.cut, "2026-03-05T12:00", salon.ana);
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00", salon.ana);
    auto const noon = Change{.starts_at = at("2026-03-05T12:00")};
    auto const one = Change{.starts_at = at("2026-03-05T13:00")};
    EXPECT_EQ(outcome(salon.change(booked->id, noon, salon.owner())), "slot_taken");
    EXPECT_EQ(salon.change(booked->id, one, salon.as(salon.lucia))->staff, salon.ana) << "she is free: kept";
    EXPECT_EQ(salon.change(booked->id, noon, salon.as(salon.lucia))->staff, salon.bea);
    EXPECT_EQ(outcome(salon.change(booked->id, {.staff = salon.ana}, salon.owner())), "slot_taken");
    ASSERT_TRUE(salon.act(taken->id, Action::cancel, salon.owner()));
    EXPECT_EQ(salon.change(booked->id, {.staff = salon.ana}, salon.owner())->staff, salon.ana);
}

TEST_P(OnBothEngines, another_service_brings_its_length_buffers_and_price) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00", salon.ana);
    auto const changed = salon.change(booked->id, {.service = salon.colour}, salon.owner());
    EXPECT_EQ(changed->ends_at, at("2026-03-05T11:00"));
    EXPECT_EQ(changed->occupied_from, at("2026-03-05T09:50"));
    EXPECT_EQ(changed->price_minor, 4500);
    EXPECT_EQ(outcome(salon.change(booked->id, {.service = salon.advice}, salon.owner())), "not_performed");
    EXPECT_EQ(salon.history(booked->id).back().action, "changed");
}

TEST_P(OnBothEngines, a_move_keeps_the_minutes_agreed_though_the_service_has_changed_since) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00");
    salon.expect_written([&](store::Tx& tx) {
        auto row = store::find_service(tx, salon.business, salon.cut).value();
        row.duration_minutes = 90;
        row.archived_at = salon.now;
        store::update_service(tx, salon.business, row);
    });
    auto const moved = salon.change(booked->id, {.starts_at = at("2026-03-05T13:30")}, salon.as(salon.lucia));
    ASSERT_TRUE(moved) << moved.error().code;
    EXPECT_EQ(moved->ends_at, at("2026-03-05T14:00"));
}

TEST_P(OnBothEngines, a_move_asks_the_customer_again_whether_she_comes) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00");
    salon.expect_written([&](store::Tx& tx) {
        auto row = *booked;
        row.attendance_confirmed_at = salon.now;
        store::update_booking(tx, salon.business, row);
    });
    EXPECT_TRUE(salon.change(booked->id, {.notes = "x"}, salon.owner())->attendance_confirmed_at);
    EXPECT_FALSE(
        salon.change(booked->id, {.starts_at = at("2026-03-05T11:00")}, salon.owner())->attendance_confirmed_at);
}

TEST_P(OnBothEngines, what_she_says_of_a_booking_is_kept_with_it_and_moves_nothing) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00");
    auto const noted = [&](Note what, int minutes, Actor const& who) {
        return salon.note(booked->id, what, minutes, who);
    };
    auto const hers = salon.as(salon.lucia);
    EXPECT_EQ(noted(Note::attends, 0, hers)->attendance_confirmed_at, salon.now);
    EXPECT_EQ(noted(Note::late, 15, hers)->starts_at, booked->starts_at);
    EXPECT_EQ(salon.history(booked->id).back().action, "late");
    EXPECT_EQ(salon.history(booked->id).back().details, R"({"minutes":15})");
    EXPECT_EQ(outcome(noted(Note::arrived, 0, salon.as(salon.marta))), "not_found") << "somebody else's";
    ASSERT_TRUE(salon.act(booked->id, schedule::Action::cancel, hers));
    EXPECT_EQ(outcome(noted(Note::attends, 0, hers)), "wrong_status");
}

TEST_P(OnBothEngines, within_the_cancel_notice_only_the_owner_changes) {
    auto const booked = salon.book(salon.cut, "2026-03-02T10:00");
    auto const later = Change{.starts_at = at("2026-03-02T12:00")};
    salon.now = at("2026-03-02T08:00") + 1ms;
    EXPECT_EQ(outcome(salon.change(booked->id, later, salon.as(salon.lucia))), "too_late");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::cancel, salon.as(salon.lucia))), "too_late");
    EXPECT_EQ(outcome(salon.change(booked->id, later, salon.owner())), "booked");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::cancel, salon.owner())), "booked");
}

TEST_P(OnBothEngines, the_life_cycle_is_kept) {
    auto const booked = salon.book(salon.cut, "2026-03-02T10:00");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::complete, salon.owner())), "not_started");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::confirm, salon.owner())), "wrong_status");
    salon.now = booked->starts_at;
    EXPECT_EQ(salon.act(booked->id, Action::mark_no_show, salon.owner())->status, "no_show");
    EXPECT_EQ(salon.act(booked->id, Action::complete, salon.owner())->status, "completed");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::cancel, salon.owner())), "wrong_status");
    EXPECT_EQ(outcome(salon.change(booked->id, {.starts_at = at("2026-03-04T10:00")}, salon.owner())), "wrong_status");
    EXPECT_EQ(outcome(salon.change(booked->id, {.notes = "vino tarde"}, salon.owner())), "booked");
}

TEST_P(OnBothEngines, a_cancelled_booking_stays_and_gives_its_time_free) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00", salon.ana);
    ASSERT_EQ(outcome(salon.book(salon.cut, "2026-03-05T10:00", salon.ana)), "slot_taken");
    EXPECT_EQ(salon.act(booked->id, Action::cancel, salon.owner())->status, "cancelled");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-05T10:00", salon.ana)), "booked");
    EXPECT_EQ(outcome(salon.act(booked->id, Action::confirm, salon.owner())), "wrong_status");
    EXPECT_EQ(salon.bookings().size(), 2);
}

TEST_P(OnBothEngines, the_history_tells_who_did_what_and_how_it_was_before) {
    auto const booked =
        salon.book(salon.lucia, salon.wish(salon.cut, "2026-03-05T10:00", salon.ana), salon.as(salon.lucia));
    auto by_web = salon.as(salon.lucia);
    by_web.origin = Origin::web;
    ASSERT_TRUE(salon.change(booked->id, {.staff = salon.bea}, salon.owner()));
    ASSERT_TRUE(salon.change(booked->id, {.customer_name = "Inés", .notes = "n"}, by_web));
    ASSERT_TRUE(salon.write([&](store::Tx& tx) {
        return act(tx, salon.business, booked->id, Action::cancel, "enferma", {}, salon.as(salon.lucia), salon.now);
    }));
    auto told = std::vector<std::string>();
    for (auto const& event : salon.history(booked->id)) {
        told.push_back(std::to_string(event.seq) + " " + event.actor + " " + event.action + " " + event.details);
    }
    EXPECT_EQ(told, (std::vector<std::string>{
                        "1 assistant created {}",
                        R"(2 owner rescheduled {"staff_id":")" + salon.ana.text() + R"("})",
                        R"(3 customer changed {"customer_name":"Lucía","notes":""})",
                        R"(4 assistant cancelled {"status":"confirmed","reason":"enferma"})",
                    }));
}

TEST_P(OnBothEngines, each_write_enters_the_change_log_once) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00", salon.ana);
    ASSERT_FALSE(salon.book(salon.cut, "2026-03-05T10:00", salon.ana));
    ASSERT_TRUE(salon.change(booked->id, {.notes = "n"}, salon.owner()));
    ASSERT_TRUE(salon.act(booked->id, Action::cancel, salon.owner()));
    auto const log = salon.read([&](store::Tx& tx) -> base::Result<std::vector<std::string>> {
        return tx.all(
            "SELECT c.kind, c.ref FROM change c WHERE c.business_id = ?1 ORDER BY c.seq", {salon.business},
            [&](store::Row const& row) { return row.string(0) + (row.text(1) == booked->id.text() ? "" : "?"); });
    });
    EXPECT_EQ(*log, (std::vector<std::string>{"booking.created", "booking.updated", "booking.updated"}));
}

TEST_P(OnBothEngines, alternatives_lie_around_the_wish) {
    ASSERT_TRUE(salon.book(salon.cut, "2026-03-05T10:00", salon.ana));
    auto const slots = salon.read([&](store::Tx& tx) -> base::Result<std::vector<schedule::Slot>> {
        return alternatives(tx, salon.business, salon.cut, salon.ana, at("2026-03-05T10:00"), salon.now, 3);
    });
    auto starts = std::vector<std::string>();
    for (auto const& slot : *slots)
        starts.push_back(base::format_local_time(madrid().to_local(slot.starts_at)));
    EXPECT_EQ(starts, (std::vector<std::string>{"2026-03-05T09:15", "2026-03-05T09:30", "2026-03-05T10:30"}));
}

} // namespace
} // namespace booking
