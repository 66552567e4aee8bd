#include "schedule/availability.hpp"

#include <gtest/gtest.h>

#include "schedule/reference_calendar_test.hpp"

namespace schedule {
namespace {

using base::Minutes;

TEST(Availability, finds_the_known_number_of_starts_in_the_reference_calendars) {
    struct {
        int people;
        int days;
        std::vector<std::size_t> starts; // with 0, 50, 500 and 5000 busy intervals a person
    } const table[] = {
        {1, 7, {204, 165, 17, 0}},
        {1, 30, {884, 841, 486, 0}},
        {10, 7, {204, 204, 95, 0}},
        {10, 30, {884, 884, 882, 20}},
    };
    for (auto const& [people, days, starts] : table) {
        std::vector<std::size_t> found;
        for (auto const busy : {0, 50, 500, 5000}) {
            auto const [calendar, query] = reference::load({people, days, busy});
            found.push_back(availability(calendar, query).size());
        }
        EXPECT_EQ(found, starts) << people << " people, " << days << " days";
    }
}

/// A salon that is open every day from `opens` to `closes`, with Ana and Eva.
Calendar salon(std::string_view zone, Minutes opens, Minutes closes) {
    Calendar calendar;
    calendar.zone = base::Zone::find(zone).value();
    calendar.rules.slot_step = Minutes(30);
    for (auto& day : calendar.weekly.days)
        day = {{opens, closes}};
    for (auto const* id : {"ana", "eva"}) {
        business::StaffMember member;
        member.id = base::StaffId(id);
        calendar.chairs.push_back({member, {}});
    }
    return calendar;
}

/// The starts of one date as `09:00+02:00 …`.
std::string starts_on(Calendar const& calendar, Minutes duration, base::Date date) {
    Query query;
    query.service.duration = duration;
    query.from = calendar.zone.to_instant(date);
    query.to = calendar.zone.to_instant(date + std::chrono::days(1));
    query.now = query.from - std::chrono::days(1);
    std::string text;
    for (auto const& slot : availability(calendar, query)) {
        auto const local = calendar.zone.format(slot.starts_at);
        text += (text.empty() ? "" : " ") + local.substr(11, 5) + local.substr(19);
    }
    return text;
}

TEST(Availability, offers_each_wall_clock_time_once_when_the_clocks_change) {
    struct {
        char const* zone;
        base::Date date;
        int opens;
        int closes;
        int duration;
        char const* starts;
    } const table[] = {
        {"Europe/Madrid", base::make_date(2026, 3, 28), 60, 180, 30, "01:00+01:00 01:30+01:00 02:00+01:00 02:30+01:00"},
        {"Europe/Madrid", base::make_date(2026, 3, 29), 60, 240, 30, "01:00+01:00 01:30+01:00 03:00+02:00 03:30+02:00"},
        // By the wall clock 01:30 to 02:30 would fit; but 02:30 is 03:00, half an hour after 01:30.
        {"Europe/Madrid", base::make_date(2026, 3, 29), 60, 150, 60, "01:00+01:00"},
        {"Europe/Madrid", base::make_date(2026, 10, 25), 60, 240, 60,
         "01:00+02:00 01:30+02:00 02:00+02:00 02:30+02:00 03:00+01:00"},
        // There would be time for two hours before the second 03:00, but the wall clock says 01:30 to 03:30.
        {"Europe/Madrid", base::make_date(2026, 10, 25), 60, 180, 120, "01:00+02:00"},
        {"America/Santiago", base::make_date(2026, 9, 6), 0, 120, 30, "01:00-03:00 01:30-03:00"},
        {"America/Santiago", base::make_date(2026, 4, 4), 1380, 1440, 30, "23:00-03:00 23:30-03:00"},
        {"America/Asuncion", base::make_date(2024, 10, 6), 0, 120, 30, "01:00-03:00 01:30-03:00"},
        {"Australia/Lord_Howe", base::make_date(2026, 10, 4), 90, 180, 30, "01:30+10:30 02:30+11:00"},
        {"Australia/Lord_Howe", base::make_date(2026, 4, 5), 60, 150, 30, "01:00+11:00 01:30+11:00 02:00+10:30"},
        {"America/Bogota", base::make_date(2026, 3, 29), 60, 120, 30, "01:00-05:00 01:30-05:00"},
    };
    for (auto const& [zone, date, opens, closes, duration, starts] : table) {
        auto const calendar = salon(zone, Minutes(opens), Minutes(closes));
        EXPECT_EQ(starts_on(calendar, Minutes(duration), date), starts) << zone << ' ' << base::format_date(date);
    }
}

/// Wednesday 2026-10-21, 10:00 in Madrid; Monday to Friday 9–14 and 16–20; one hour, every quarter.
class AskedStart : public testing::Test {
protected:
    AskedStart() {
        calendar_.rules.slot_step = Minutes(15);
        for (std::size_t day = 0; day < 7; ++day) {
            calendar_.weekly.days[day] = {{Minutes(540), Minutes(840)}, {Minutes(960), Minutes(1200)}};
        }
        calendar_.weekly.days[5] = calendar_.weekly.days[6] = {};
        query_.service.duration = Minutes(60);
        query_.now = at("2026-10-21T10:00");
    }
    base::Instant at(std::string_view local) const {
        return calendar_.zone.to_instant(base::parse_local_time(local).value());
    }
    base::Interval between(std::string_view from, std::string_view to) const { return {at(from), at(to)}; }
    Chair& ana() { return calendar_.chairs[0]; }
    Chair& eva() { return calendar_.chairs[1]; }
    /// `ana eva > ana`: who is free and who would be taken; or why nobody.
    std::string ask(std::string_view local, Overrides overrides = {}) const {
        auto const verdict = check_start(calendar_, query_, at(local), overrides);
        if (!verdict.slot) return std::string(to_text(verdict.refusal));
        std::string text;
        for (auto const& id : verdict.slot->staff)
            text += id.text() + ' ';
        return text + "> " + verdict.slot->preferred.text();
    }

    Calendar calendar_ = salon("Europe/Madrid", Minutes(0), Minutes(1));
    Query query_;
};

TEST_F(AskedStart, keeps_the_notice_to_the_minute) {
    EXPECT_EQ(ask("2026-10-21T10:45"), "too_soon");
    EXPECT_EQ(ask("2026-10-21T11:00"), "ana eva > ana");
}

TEST_F(AskedStart, keeps_the_horizon_to_the_day) {
    calendar_.rules.horizon_days = 7;
    EXPECT_EQ(ask("2026-10-28T19:00"), "ana eva > ana");
    EXPECT_EQ(ask("2026-10-29T09:00"), "too_far");
}

TEST_F(AskedStart, fits_the_whole_service_into_one_opening_interval_but_not_its_buffers) {
    query_.service.buffer_before = query_.service.buffer_after = Minutes(90);
    EXPECT_EQ(ask("2026-10-22T09:00"), "ana eva > ana");
    EXPECT_EQ(ask("2026-10-22T13:00"), "ana eva > ana");
    EXPECT_EQ(ask("2026-10-22T13:15"), "outside_hours");
    EXPECT_EQ(ask("2026-10-22T15:45"), "outside_hours");
}

TEST_F(AskedStart, refuses_what_is_off_the_grid) {
    EXPECT_EQ(ask("2026-10-22T10:05"), "outside_hours");
    EXPECT_EQ(check_start(calendar_, query_, at("2026-10-22T10:00") + base::Seconds(1), {}).refusal,
              Refusal::outside_hours);
}

TEST_F(AskedStart, lets_an_exception_replace_the_week) {
    calendar_.exceptions.push_back({{}, {}, base::make_date(2026, 10, 22), {}, "fiesta"});
    calendar_.exceptions.push_back({{}, {}, base::make_date(2026, 10, 24), {{Minutes(600), Minutes(660)}}, "feria"});
    EXPECT_EQ(ask("2026-10-22T10:00"), "closed");
    EXPECT_EQ(ask("2026-10-24T10:00"), "ana eva > ana");
    EXPECT_EQ(ask("2026-10-25T10:00"), "closed");
}

TEST_F(AskedStart, narrows_the_hours_to_those_of_the_staff) {
    ana().member.weekly.emplace().days[3] = {{Minutes(480), Minutes(660)}};
    EXPECT_EQ(ask("2026-10-22T08:00"), "outside_hours");
    EXPECT_EQ(ask("2026-10-22T10:00"), "ana eva > ana");
    EXPECT_EQ(ask("2026-10-22T10:15"), "eva > eva");
    calendar_.exceptions.push_back({{}, eva().member.id, base::make_date(2026, 10, 22), {}, "médico"});
    EXPECT_EQ(ask("2026-10-22T10:15"), "staff_off");
}

TEST_F(AskedStart, keeps_the_buffers_free_too) {
    query_.service.buffer_before = Minutes(15);
    query_.service.buffer_after = Minutes(30);
    eva().member.active = false;
    ana().busy = {between("2026-10-22T11:00", "2026-10-22T11:15"), between("2026-10-22T08:00", "2026-10-22T09:00")};
    EXPECT_EQ(ask("2026-10-22T09:00"), "taken");
    EXPECT_EQ(ask("2026-10-22T09:15"), "ana > ana");
    EXPECT_EQ(ask("2026-10-22T09:30"), "ana > ana");
    EXPECT_EQ(ask("2026-10-22T09:45"), "taken");
    EXPECT_EQ(ask("2026-10-22T11:15"), "taken");
    EXPECT_EQ(ask("2026-10-22T11:30"), "ana > ana");
}

TEST_F(AskedStart, prefers_who_has_the_least_to_do_that_day) {
    ana().busy = {between("2026-10-22T16:00", "2026-10-22T17:00"), between("2026-10-22T16:00", "2026-10-22T17:00")};
    eva().busy = {between("2026-10-22T18:00", "2026-10-22T19:15"), between("2026-10-23T18:00", "2026-10-23T19:00")};
    EXPECT_EQ(ask("2026-10-22T10:00"), "ana eva > ana");
    EXPECT_EQ(ask("2026-10-23T10:00"), "ana eva > ana");
    ana().busy.push_back(between("2026-10-22T17:00", "2026-10-22T17:30"));
    EXPECT_EQ(ask("2026-10-22T10:00"), "ana eva > eva");
}

TEST_F(AskedStart, needs_somebody_who_performs_the_service) {
    query_.staff = base::StaffId("eva");
    EXPECT_EQ(ask("2026-10-22T10:00"), "eva > eva");
    query_.service.staff = {base::StaffId("ana")};
    EXPECT_EQ(ask("2026-10-22T10:00"), "not_performed");
    query_.staff.reset();
    EXPECT_EQ(ask("2026-10-22T10:00"), "ana > ana");
    query_.service.active = false;
    EXPECT_EQ(ask("2026-10-22T10:00"), "not_performed");
}

TEST_F(AskedStart, lets_the_owner_set_rules_aside_but_never_an_overlap) {
    auto const all = Overrides{true, true, true};
    ana().member.weekly.emplace();
    eva().busy = {between("2026-10-24T22:00", "2026-10-24T23:00")};
    EXPECT_EQ(ask("2026-10-24T21:35", all), "ana > ana");
    ana().busy = eva().busy;
    EXPECT_EQ(ask("2026-10-24T21:35", all), "taken");
    EXPECT_EQ(ask("2026-10-20T10:00", {.too_soon = true}), "eva > eva");
    EXPECT_EQ(ask("2036-12-31T10:00", {.too_far = true}), "eva > eva");
    EXPECT_EQ(ask("2037-01-01T10:00", all), "too_far");
}

TEST_F(AskedStart, asks_its_rules_in_order_where_several_refuse) {
    query_.now = at("2026-10-25T10:00");
    EXPECT_EQ(ask("2026-10-25T08:05"), "too_soon");
    EXPECT_EQ(ask("2026-10-25T11:05"), "closed");
    calendar_.rules.horizon_days = 1;
    calendar_.rules.min_notice = Minutes(10 * 1440);
    EXPECT_EQ(ask("2026-10-27T10:00"), "too_far");
    query_.service.active = false;
    EXPECT_EQ(ask("2026-10-27T10:00"), "not_performed");
}

TEST_F(AskedStart, is_looked_for_on_at_most_370_days) {
    calendar_.rules.horizon_days = 730;
    query_.from = at("2026-10-22T00:00");
    query_.to = at("2029-10-22T00:00");
    auto const last = availability(calendar_, query_).back().starts_at;
    EXPECT_EQ(calendar_.zone.format(last), "2027-10-26T19:00:00+02:00");
    std::swap(query_.from, query_.to);
    EXPECT_TRUE(availability(calendar_, query_).empty());
}

TEST_F(AskedStart, is_replaced_by_the_nearest_free_ones) {
    for (auto& chair : calendar_.chairs)
        chair.busy = {between("2026-10-22T11:00", "2026-10-22T13:00")};
    std::string found;
    for (auto const& slot : nearest(calendar_, query_, at("2026-10-22T12:00"), 3, 0)) {
        found += calendar_.zone.format(slot.starts_at).substr(11, 6);
    }
    EXPECT_EQ(found, "09:45:10:00:13:00:");
    EXPECT_EQ(nearest(calendar_, query_, at("2026-10-24T12:00"), 9, 0).size(), 0);
    EXPECT_EQ(nearest(calendar_, query_, at("2026-10-24T12:00"), 9, 1).size(), 9);
}

} // namespace
} // namespace schedule
