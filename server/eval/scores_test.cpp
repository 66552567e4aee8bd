#include "eval/scores.hpp"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "eval/report.hpp"
#include "eval/suite_test.hpp"

namespace eval {
namespace {

/// C(n, k) by its definition.
double choose(int n, int k) {
    auto count = 1.0;
    for (auto i = 0; i < k; ++i)
        count = count * (n - i) / (i + 1);
    return n < k ? 0 : count;
}

TEST(PassPower, is_the_share_of_all_choices_of_k_trials_that_pass_in_full) {
    for (auto trials = 1; trials <= 6; ++trials) {
        for (auto passes = 0; passes <= trials; ++passes) {
            for (auto k = 1; k <= std::min(trials, 4); ++k)
                EXPECT_NEAR(pass_power(trials, passes, k), choose(passes, k) / choose(trials, k), 1e-12)
                    << trials << passes << k;
        }
    }
}

Played played(std::string const& id, std::vector<std::string> tags, std::string const& country, int passes,
              int trials) {
    auto one = Played{id, std::move(tags), country, {}};
    for (auto n = 0; n < trials; ++n) {
        auto trial = Trial();
        trial.passed = n < passes;
        if (!trial.passed) trial.reasons = {"booked: mechas is missing"};
        trial.turns = 2;
        trial.latency_ms = {1.0 * (n + 1)};
        trial.transcript = {{"customer", "hola\nbuenas", "2026-10-21T10:15:00"}};
        one.trials.push_back(std::move(trial));
    }
    return one;
}

Report report() {
    auto made = Report{
        "guided", "", "dev", {played("A", {"plain", "am_pm"}, "ES", 4, 4), played("B", {"move"}, "MX", 2, 4)}, {}};
    made.scores = scores_of(made.played);
    return made;
}

TEST(Scores, are_averaged_over_scenarios_by_category_tag_and_country) {
    auto const scores = report().scores;
    EXPECT_DOUBLE_EQ(scores.all.pass.at(1), 0.75);
    EXPECT_DOUBLE_EQ(scores.all.pass.at(2), (1 + 1.0 / 6) / 2);
    EXPECT_DOUBLE_EQ(scores.all.pass.at(4), 0.5);
    EXPECT_EQ(scores.by_category.size(), 2U);
    EXPECT_EQ(scores.by_tag.at("am_pm").scenarios, 1);
    EXPECT_DOUBLE_EQ(scores.by_country.at("MX").pass.at(1), 0.5);
    EXPECT_DOUBLE_EQ(scores.plain_in_three, 1);
    EXPECT_DOUBLE_EQ(scores.latency_p50_ms, 2);
    EXPECT_DOUBLE_EQ(scores.latency_p95_ms, 4);
}

TEST(AReport, holds_what_is_promised_of_it) {
    auto const folder = Folder();
    ASSERT_TRUE(write_report(report(), folder.path() / "made"));
    auto in = std::ifstream(folder.path() / "made" / "report.json");
    auto const text = std::string(std::istreambuf_iterator<char>(in), {});
    auto const json = boost::json::parse(text);
    EXPECT_EQ(json.at("assistant"), "guided");
    EXPECT_TRUE(json.at("provider").is_null());
    EXPECT_EQ(json.at("suite"), "dev");
    EXPECT_EQ(json.at("pass").at("1"), 0.75);
    EXPECT_EQ(json.at("by_tag").at("move").at("pass").at("1"), 0.5);
    EXPECT_EQ(json.at("by_country").at("ES").at("scenarios"), 1);
    EXPECT_EQ(json.at("false_confirmations"), 0);
    auto const& trial = json.at("scenarios").at(1).at("trials").at(3);
    for (auto const* field :
         {"passed", "reasons", "false_confirmations", "turns", "model_calls", "cost_micro", "latency_ms", "transcript"})
        EXPECT_TRUE(trial.as_object().contains(field)) << field;
    EXPECT_EQ(trial.at("transcript").at(0).at("who"), "customer");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path() / "made"), {}), 2)
        << "no drafts are left";
}

TEST(AReport, tells_failures_first_and_alike_ones_once) {
    auto const text = markdown_of(report());
    auto const failed = text.find("### B (move, MX) — 2 of 4 trials passed");
    auto const passed = text.find("- A (plain, am_pm)");
    ASSERT_NE(failed, text.npos);
    ASSERT_NE(passed, text.npos);
    EXPECT_LT(failed, passed);
    EXPECT_EQ(text.find("booked: mechas is missing"), text.rfind("booked: mechas is missing"));
    EXPECT_NE(text.find("> hola  \n> buenas"), text.npos);
}

TEST(AFolder, that_cannot_be_written_is_refused_before_the_work) {
    auto const folder = Folder();
    auto const file = folder.write("taken", "");
    EXPECT_EQ(prepare_folder(file).error().code, "folder_not_writable");
    EXPECT_TRUE(prepare_folder(folder.path() / "new"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "new"));
}

} // namespace
} // namespace eval
