// Every rule of the grammar against the cases that stand beside it.
#include "language/when_rules.hpp"

#include <gtest/gtest.h>

#include "language/described_test.hpp"

namespace language {
namespace {

auto const now = *base::parse_local_time("2026-10-21T10:15");

/// Some place of the text from which the rule reads.
bool applies(Rule const& rule, Case const& example) {
    auto const symbols = read_symbols(example.text, example.country);
    for (std::size_t place = 0; place < symbols.size(); ++place) {
        for (auto const after_hour : {false, true}) {
            auto at = Reading(symbols);
            at.move_to(place);
            if (rule.read(at, {now, example.country, after_hour, after_hour})) return true;
        }
    }
    return false;
}

TEST(WhenRules, ReadTheCasesBesideThem) {
    auto cases = std::size_t{0};
    for (auto const rules : when_rules()) {
        for (auto const& rule : rules) {
            EXPECT_FALSE(rule.cases.empty()) << rule.name;
            for (auto const& example : rule.cases) {
                EXPECT_EQ(described(read_when(example.text, now, example.country)), example.expected)
                    << rule.name << ": " << example.text;
                ++cases;
            }
        }
    }
    EXPECT_GT(cases, 250U);
}

TEST(WhenRules, ApplyToTheirOwnCases) {
    for (auto const rules : when_rules()) {
        for (auto const& rule : rules) {
            EXPECT_TRUE(std::ranges::any_of(rule.cases, [&](auto const& example) { return applies(rule, example); }))
                << rule.name;
        }
    }
}

TEST(WhenRules, LeaveTheReadingWhereItWasUnlessTheyTakeSomething) {
    auto const symbols = read_symbols("el jueves a las 5, no, mejor el viernes 23 por la tarde", "ES");
    for (auto const rules : when_rules()) {
        for (auto const& rule : rules) {
            for (std::size_t place = 0; place < symbols.size(); ++place) {
                auto at = Reading(symbols);
                at.move_to(place);
                auto const found = attempt(at, [&](Reading& here) { return rule.read(here, {now, "ES"}); });
                EXPECT_EQ(found.has_value(), at.place() > place) << rule.name << " at " << place;
            }
        }
    }
}

} // namespace
} // namespace language
