// availability() against the oracle, over random businesses in nine zones. APUNTA_FULL=1 draws twenty times as many;
// APUNTA_SEED=<n> repeats a run.
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <sstream>

#include "schedule/random_calendar_test.hpp"

namespace schedule::oracle {
namespace {

struct Scope {
    char const* zone;
    int first_year;
    int last_year;
    friend void PrintTo(Scope const& scope, std::ostream* out) { *out << scope.zone; }
};

// Years with the changes to be watched. Mexico City, Buenos Aires and Bogotá changed last in 2022, 2009 and 1993.
constexpr Scope scopes[] = {
    {"Europe/Madrid", 2026, 2026},       {"Atlantic/Canary", 2026, 2026},
    {"America/Mexico_City", 2021, 2026}, {"America/Tijuana", 2026, 2026},
    {"America/Bogota", 1992, 1993},      {"America/Argentina/Buenos_Aires", 2007, 2009},
    {"America/Santiago", 2026, 2026},    {"Australia/Lord_Howe", 2026, 2026},
    {"America/Asuncion", 2023, 2024},
};

std::uint64_t seed() {
    auto const* given = std::getenv("APUNTA_SEED");
    return given ? std::strtoull(given, nullptr, 10) : 20'260'329;
}

int cases(int usual) {
    auto const* full = std::getenv("APUNTA_FULL");
    return full && std::string_view(full) == "1" ? 20 * usual : usual;
}

template <class Property>
void check(std::string const& name, int usual_cases, Property property) {
    auto const metadata = rc::detail::TestMetadata{name, name};
    auto params = rc::detail::TestParams();
    params.seed = seed() + std::hash<std::string>()(name);
    params.maxSuccess = cases(usual_cases);
    auto const result = rc::detail::checkTestable(property, metadata, params);
    std::ostringstream report;
    rc::detail::printResultMessage(result, report);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << report.str() << "\nAPUNTA_SEED=" << seed();
}

/// Free and refused starts in one list, as the oracle gives them.
std::vector<Answer> answers_of(std::vector<Slot> const& slots, Trace const& trace) {
    std::vector<Answer> answers;
    for (auto const& slot : slots)
        answers.push_back({slot.starts_at, slot});
    for (auto const& [start, reason] : trace.refused)
        answers.push_back({start, {}, reason});
    std::ranges::sort(answers, {}, &Answer::starts_at);
    return answers;
}

void expect_same(base::Zone const& zone, std::vector<Answer> const& engine, std::vector<Answer> const& oracle) {
    for (std::size_t i = 0; i < std::min(engine.size(), oracle.size()); ++i) {
        RC_ASSERT(describe(zone, engine[i]) == describe(zone, oracle[i]));
    }
    RC_ASSERT(engine.size() == oracle.size());
}

class EveryZone : public testing::TestWithParam<Scope> {
protected:
    Place const place_ = Place::of(GetParam().zone, GetParam().first_year, GetParam().last_year);
};

TEST_P(EveryZone, has_the_starts_the_staff_and_the_refusals_of_the_oracle) {
    std::map<std::string_view, int> seen;
    check("availability in " + std::string(GetParam().zone), 220, [&] {
        auto const drawn = draw_case(place_);
        RC_LOG(describe(drawn));
        Trace trace;
        auto const slots = availability(drawn.calendar, drawn.query, &trace);
        auto const oracle = Oracle(place_.table, drawn.calendar, drawn.query);
        auto const expected = oracle.grid();
        expect_same(drawn.calendar.zone, answers_of(slots, trace), expected);
        RC_ASSERT(availability(drawn.calendar, drawn.query) == slots);
        for (auto const& answer : expected)
            ++seen[answer.slot ? "free" : to_text(answer.refusal)];
    });
    // Agreement proves nothing about a rule that the random calendars never reach.
    EXPECT_EQ(seen.size(), 8) << testing::PrintToString(seen);
    for (auto const& [answer, count] : seen)
        EXPECT_GE(count, 100) << answer;
    RecordProperty("answers", testing::PrintToString(seen));
}

TEST_P(EveryZone, checks_single_starts_like_the_oracle_whatever_the_owner_sets_aside) {
    check("check_start in " + std::string(GetParam().zone), 60, [this] {
        auto const drawn = draw_case(place_);
        RC_LOG(describe(drawn));
        auto const oracle = Oracle(place_.table, drawn.calendar, drawn.query);
        auto const ask = [&](base::Instant start, Overrides overrides) {
            auto const verdict = check_start(drawn.calendar, drawn.query, start, overrides);
            expect_same(drawn.calendar.zone, {{start, verdict.slot, verdict.refusal}}, {oracle.ask(start, overrides)});
        };
        for (auto i = 0; i < 20; ++i)
            ask(draw_start(drawn.query), draw_overrides());
        for (auto const& answer : oracle.grid())
            ask(answer.starts_at, {});
    });
}

TEST_P(EveryZone, finds_the_nearest_starts_as_sorting_them_by_distance_does) {
    check("nearest in " + std::string(GetParam().zone), 20, [this] {
        auto drawn = draw_case(place_);
        RC_LOG(describe(drawn));
        auto const& zone = drawn.calendar.zone;
        auto const wanted = draw_start(drawn.query);
        auto const count = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, 12));
        auto const around = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 3));
        auto const found = nearest(drawn.calendar, drawn.query, wanted, count, around);

        auto const date = base::date_of(zone.to_local(wanted));
        drawn.query.from = zone.to_instant(date - std::chrono::days(around));
        drawn.query.to = zone.to_instant(date + std::chrono::days(around + 1));
        auto slots = availability(drawn.calendar, drawn.query);
        std::ranges::stable_sort(slots, {},
                                 [&](Slot const& slot) { return std::chrono::abs(slot.starts_at - wanted); });
        slots.resize(std::min(slots.size(), count));
        std::ranges::sort(slots, {}, &Slot::starts_at);
        RC_ASSERT(found == slots);
    });
}

std::string zone_as_a_name(testing::TestParamInfo<Scope> const& info) {
    auto name = std::string(info.param.zone);
    std::ranges::replace(name, '/', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Zones, EveryZone, testing::ValuesIn(scopes), zone_as_a_name);

} // namespace
} // namespace schedule::oracle
