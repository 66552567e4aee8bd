// Whole trials: what can be won, that they repeat themselves, and how the house does.
#include <gmock/gmock.h>

#include "eval/scores.hpp"
#include "eval/stage.hpp"
#include "eval/suite_test.hpp"
#include "eval/winner.hpp"

namespace eval {
namespace {

TEST(EachScenario, can_be_won) {
    for (auto const* suite : {&dev_suite(), &own_suite()}) {
        auto const all = play(*suite, the_winner(), 1, {}).value();
        for (auto const& played : all)
            EXPECT_THAT(played.trials.front().reasons, testing::IsEmpty()) << played.id;
    }
}

std::string scenario(std::string const& rest) {
    return R"({"id":"A","business":"es-lola","now":"2026-10-21T10:15","tags":["plain"],"customer":{"phone":"+34600111222","name":"Ana"},)" +
           rest + "}\n";
}

Trial won(std::string const& rest) {
    auto const suite = suite_of(scenario(rest));
    if (!suite) throw std::runtime_error(suite.error().message);
    return play(*suite, the_winner(), 1, {}).value().front().trials.front();
}

TEST(AScenario, that_breaks_the_rules_of_the_business_cannot_be_won) {
    auto const sunday = won(R"("say":["corte el domingo"],"answers":{"confirm":"sí"},"then":[],"expect":{"booked":[)"
                            R"({"service":"corte_mujer","starts_at":"2026-10-25T11:00"}],"cancelled":[],"moved":[]})");
    EXPECT_THAT(sunday.reasons,
                testing::Contains(testing::StartsWith("booked: corte_mujer at 2026-10-25T11:00 is missing")));
    auto const late =
        won(R"("given":[{"booking":{"id":"B1","service":"peinado","starts_at":"2026-10-21T12:00"}}],"say":["cancela"],)"
            R"("answers":{"confirm":"sí"},"then":[],"expect":{"booked":[],"cancelled":["B1"],"moved":[]})");
    EXPECT_THAT(late.reasons, testing::Contains(testing::StartsWith("cancelled: not so B1")))
        << "the notice is two hours";
    auto const nobody =
        won(R"("say":["mechas con Inés"],"answers":{"confirm":"sí"},"then":[],"expect":{"booked":[)"
            R"({"service":"mechas","starts_at":"2026-10-22T10:30","staff":"ines"}],"cancelled":[],"moved":[]})");
    EXPECT_FALSE(nobody.passed) << "Inés does none";
}

TEST(AScenario, that_wants_a_text_it_forbids_cannot_be_won) {
    auto const trial = won(R"("say":["hola"],"answers":{},"then":[],"expect":{"booked":[],"cancelled":[],"moved":[],)"
                           R"("says_any":["42 €"],"never_says":["42"]})");
    EXPECT_THAT(trial.reasons, testing::ElementsAre("never_says: \"42\" is said"));
}

TEST(AScenario, that_cannot_be_furnished_is_bad_data) {
    auto const suite = suite_of(scenario(
        R"("given":[{"booking":{"id":"B1","service":"mechas","starts_at":"2026-10-22T10:00"}},)"
        R"({"booking":{"id":"B2","service":"mechas","starts_at":"2026-10-22T11:00"}}],"say":["hola"],"answers":{},"then":[],)"
        R"("expect":{"booked":[],"cancelled":[],"moved":[]})"));
    ASSERT_TRUE(suite);
    auto const played = play(*suite, the_winner(), 1, {});
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().code, "bad_scenarios");
    EXPECT_EQ(played.error().message, "scenario A: given booking B2: nobody is able and free then");
}

void expect_same(Trial const& a, Trial const& b, std::string const& id) {
    EXPECT_EQ(a.reasons, b.reasons) << id;
    EXPECT_EQ(a.transcript, b.transcript) << id;
    EXPECT_EQ(a.turns, b.turns) << id;
}

std::vector<Played> const& house_on_dev() {
    static auto const all = play(dev_suite(), the_house(), 2, {}).value();
    return all;
}

TEST(TheHouse, answers_alike_in_every_trial_and_every_run) {
    auto const& once = house_on_dev();
    auto const again = play(dev_suite(), the_house(), 1, {}).value();
    for (auto const& played : once) {
        expect_same(played.trials[0], played.trials[1], played.id);
        expect_same(played.trials[0], played_of(again, played.id).trials[0], played.id);
    }
    auto const scores = scores_of(once);
    EXPECT_GE(scores.all.pass.at(1), 0.85);
    EXPECT_EQ(scores.all.pass.at(1), scores.all.pass.at(2));
    EXPECT_EQ(scores.false_confirmations, 0);
    EXPECT_GE(scores.plain_in_three, 0.6);
}

TEST(TheHouse, gets_a_burst_as_one_and_a_repeated_message_once) {
    auto const& all = house_on_dev();
    auto const said_before_second_turn = [](Trial const& trial) {
        auto count = 0;
        for (auto at = std::size_t{0}, turns = std::size_t{0}; at < trial.transcript.size() && turns < 2; ++at) {
            if (trial.transcript[at].who == "assistant") ++count;
            if (trial.transcript[at].who == "customer" && count > 0) ++turns;
        }
        return count;
    };
    EXPECT_EQ(played_of(all, "ES13").passes(), 2) << "five pieces are one question";
    EXPECT_EQ(played_of(all, "MX19").passes(), 2);
    EXPECT_LE(said_before_second_turn(played_of(all, "ES13").trials.front()), 3);
}

TEST(TheHouse, is_silent_while_the_owner_has_the_chat_and_comes_back) {
    auto const lines = [](std::string const& wait) {
        return scenario(
            R"("given":[{"message":{"from":"owner_phone","text":"hola Ana, soy Lola","sent_at":"2026-10-21T10:10"}}],"say":[{"text":"hola, ¿cuánto cuesta el tinte?","wait_minutes":)" +
            wait + R"(}],"answers":{},"then":[],"expect":{"booked":[],"cancelled":[],"moved":[],"escalated":false})");
    };
    auto const replies = [&](std::string const& wait) {
        auto const trial = play(suite_of(lines(wait)).value(), the_house(), 1, {}).value().front().trials.front();
        return std::ranges::count(trial.transcript, "assistant", &Line::who);
    };
    EXPECT_EQ(replies("0"), 0);
    EXPECT_GE(replies("30"), 1);
}

TEST(TwoStages, of_the_same_scenario_have_the_same_ids) {
    auto const& scenario = *std::ranges::find(dev_suite().scenarios, "MX12", &Scenario::id);
    auto const& fixture = dev_suite().fixtures.at(scenario.business);
    auto const ids = [&] {
        auto const folder = Folder();
        auto const stage = Stage::open(fixture, scenario, folder.path() / "house").value();
        return std::vector{stage->business().text(), stage->service("corte").text(), stage->booking("B2").text()};
    };
    EXPECT_EQ(ids(), ids());
}

TEST(Time, passes_only_as_the_scenario_says) {
    auto const suite = suite_of(scenario(
        R"("say":[{"text":"hola"},{"text":"una cosa","after_seconds":3},{"text":"cuánto cuesta el tinte?","after_seconds":60}],"answers":{},)"
        R"("then":[{"text":"vale","when":"any","wait_minutes":40}],"expect":{"booked":[],"cancelled":[],"moved":[]})"));
    auto const trial = play(*suite, the_house(), 1, {}).value().front().trials.front();
    auto times = std::vector<std::string>();
    for (auto const& line : trial.transcript) {
        if (line.who != "system") times.push_back(line.who + " " + line.at.substr(11));
    }
    ASSERT_GE(times.size(), 6U);
    EXPECT_EQ(times[0], "customer 10:15:00");
    EXPECT_EQ(times[1], "customer 10:15:03");
    EXPECT_EQ(times[2], "assistant 10:15:03") << "a minute is longer than a breath";
    EXPECT_THAT(times, testing::Contains("customer 10:16:03"));
    EXPECT_THAT(times, testing::Contains("customer 10:56:03"));
}

} // namespace
} // namespace eval
