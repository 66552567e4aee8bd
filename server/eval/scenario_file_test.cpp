// What is wrong with a file is said with its line and field, and nothing is played.
#include "eval/scenario_file.hpp"

#include <gmock/gmock.h>

#include "eval/suite_test.hpp"

namespace eval {
namespace {

using testing::HasSubstr;

std::string const head =
    R"({"id":"A","business":"es-lola","now":"2026-10-21T10:15","tags":["plain"],"customer":{"phone":"+34600111222","name":"Ana"},)";
std::string const rest = R"("say":["hola"],"answers":{},"then":[],"expect":{"booked":[],"cancelled":[],"moved":[]}})";

struct Bad {
    std::string line;
    std::string complaint;
};

TEST(AFaultOfAScenario, is_told_with_its_line_and_field) {
    auto const cases = std::vector<Bad>{
        {"{", "own.jsonl:2: "},
        {"[]", "own.jsonl:2: must be a JSON object"},
        {"{}", "own.jsonl:2: id is required"},
        {head + R"("say":[],"answers":{},"then":[],"expect":{"booked":[]}})", "own.jsonl:2: say must hold a message"},
        {head + R"("say":[{"kind":"text"}],"expect":{"booked":[]}})", "own.jsonl:2: say[0].text is required"},
        {head + R"("say":[{"text":"a","kind":"video"}],"expect":{"booked":[]}})", "say[0].kind must be one of"},
        {head + R"("say":["a"],"then":[{"text":"b","when":"later"}],"expect":{"booked":[]}})",
         "then[0].when must be one of"},
        {head + R"("given":[{"booking":{"id":"B1","service":"x","starts_at":"2026-10-23T12:00"}}],)" + rest,
         "given names no service of the business: x"},
        {head + R"("given":[{"busy":{"staff":"marta","from":"2026-10-23T12:00","to":"2026-10-23T11:00"}}],)" + rest,
         "given[0].busy.to must be later"},
        {head + R"("given":[{"booking":{"id":"B1","service":"mechas","starts_at":"mañana"}}],)" + rest,
         "given[0].booking.starts_at must be a wall-clock time"},
        {head + R"("given":[{"reminder":{"booking":"B7","sent_at":"2026-10-21T09:00"}}],)" + rest,
         "given names no given booking: B7"},
        {head + R"("given":[{}],)" + rest, "given[0].booking must be there, or reminder"},
        {head + R"("faults":[{"target":"model","call":0,"kind":"timeout"}],)" + rest, "faults[0].call must be"},
        {head + R"("faults":[{"target":"printer","call":"all","kind":"timeout"}],)" + rest,
         "faults[0].target must be one of"},
        {head + R"("say":["a"],"expect":{"booked":[{"service":"mechas","starts_at":[]}]}})",
         "expect.booked[0].starts_at must name an instant"},
        {head +
             R"("say":["a"],"expect":{"booked":[{"service":"mechas","starts_at":{"from":"2026-10-23T12:00","to":"2026-10-22T12:00"}}]}})",
         "expect.booked[0].starts_at.to must not be earlier"},
        {head +
             R"("say":["a"],"expect":{"booked":[{"service":"mechas","starts_at":"2026-10-22T10:00","staff":"pilar"}]}})",
         "expect.booked names nobody of the staff: pilar"},
        {head + R"("say":["a"],"expect":{"booked":[],"cancelled":["B1"]}})",
         "expect.cancelled names no given booking: B1"},
        {head + R"("say":["a"],"expect":{"booked":[],"escalated":"yes"}})", "expect.escalated must be true or false"},
    };
    for (auto const& bad : cases) {
        auto const suite = suite_of("\n" + bad.line + "\n");
        ASSERT_FALSE(suite) << bad.line;
        EXPECT_EQ(suite.error().code, "bad_scenarios");
        EXPECT_THAT(suite.error().message, HasSubstr(bad.complaint));
    }
}

TEST(AFile, names_all_its_faults_up_to_ten) {
    auto lines = std::string();
    for (auto n = 0; n < 13; ++n)
        lines += "{}x\n";
    auto const suite = suite_of(lines);
    ASSERT_FALSE(suite);
    EXPECT_THAT(suite.error().message, HasSubstr(":1: "));
    EXPECT_THAT(suite.error().message, HasSubstr(":10: "));
    EXPECT_THAT(suite.error().message, HasSubstr("(and 3 more)"));
}

TEST(AFile, with_an_id_twice_or_without_scenarios_is_refused) {
    EXPECT_THAT(suite_of(head + rest + "\n" + head + rest).error().message, HasSubstr(":2: id occurs twice: A"));
    EXPECT_THAT(suite_of("\n\n").error().message, HasSubstr("holds no scenario"));
    EXPECT_EQ(read_suite("/nowhere/dev.jsonl", corpus() / "businesses.json").error().code, "no_such_file");
    EXPECT_EQ(read_suite(corpus() / "dev.jsonl", "/nowhere/businesses.json").error().code, "no_such_file");
}

TEST(AMemberNobodyKnows, is_a_warning) {
    auto const suite = suite_of(head + R"("seed":7,)" + rest);
    ASSERT_TRUE(suite) << suite.error().message;
    ASSERT_EQ(suite->warnings.size(), 1U);
    EXPECT_THAT(suite->warnings.front(), HasSubstr("own.jsonl:1: seed "));
}

TEST(EverythingThatAScenarioMayHold, is_read) {
    auto const suite = suite_of(
        head +
        R"("others":[{"phone":"+34600777001","name":"Bea"}],"limits":{"model_budget":0},"faults":[{"target":"calendar","call":"all","kind":"empty"},{"target":"model","call":3,"kind":"http_429"}],)"
        R"("given":[{"booking":{"id":"B1","service":"peinado","starts_at":"2026-10-23T12:00","staff":"ines","status":"pending","phone":"+34600777001"}},{"message":{"from":"assistant","text":"hola","sent_at":"2026-10-20T10:00"}}],)"
        R"("say":["hola",{"text":"","kind":"sticker","after_seconds":4}],"answers":{"service":"x","staff":"y","change":"z"},)"
        R"("then":[{"text":"sí","when":"done","wait_minutes":5,"id":"w1","first":[{"busy":{"staff":"ines","from":"2026-10-23T10:00","to":"2026-10-23T11:00"}}]}],)"
        R"("expect":{"booked":[{"service":"mechas","starts_at":["2026-10-22T10:00","2026-10-22T11:00"],"staff":["marta"],"name":"Ana"}],"cancelled":["B1"],"moved":[{"booking":"B1","starts_at":{"from":"2026-10-22T10:00","to":"2026-10-22T12:00"}}],"confirmed":["B1"],"distinct_staff":true,"escalated":null,"silent_after":true,"says_any":["a"],"says_all":["b",["c","d"]],"never_says":["e"],"language":["ca","es"],"max_model_calls":12,"replies_max":2}})");
    ASSERT_TRUE(suite) << suite.error().message;
    EXPECT_TRUE(suite->warnings.empty());
    auto const& scenario = suite->scenarios.front();
    EXPECT_FALSE(scenario.faults[0].call);
    EXPECT_EQ(scenario.faults[1].call, 3);
    EXPECT_EQ(scenario.model_budget, 0);
    EXPECT_EQ(scenario.say[1].kind, "sticker");
    EXPECT_EQ(scenario.then[0].when, Message::When::done);
    EXPECT_EQ(scenario.then[0].first.size(), 1U);
    EXPECT_FALSE(scenario.expect.escalated);
    EXPECT_EQ(scenario.expect.says_all[1], (std::vector<std::string>{"c", "d"}));
    auto const at = [](char const* text) { return base::parse_local_time(text).value(); };
    EXPECT_TRUE(scenario.expect.booked[0].starts_at.allows(at("2026-10-22T11:00")));
    EXPECT_FALSE(scenario.expect.booked[0].starts_at.allows(at("2026-10-22T10:30")));
    EXPECT_TRUE(scenario.expect.moved[0].starts_at.allows(at("2026-10-22T12:00")));
    EXPECT_FALSE(scenario.expect.moved[0].starts_at.allows(at("2026-10-22T12:15")));
}

TEST(ABusiness, that_is_wrong_is_told_with_its_field) {
    auto const folder = Folder();
    auto const refused = [&](std::string const& text) {
        auto const suite = read_suite(corpus() / "dev.jsonl", folder.write("b.json", text));
        return suite ? std::string() : suite.error().message;
    };
    EXPECT_THAT(refused("{"), HasSubstr("b.json: "));
    EXPECT_THAT(refused(R"({"businesses":[{"id":"x"}]})"), HasSubstr("b.json: businesses[0].name is required"));
    EXPECT_THAT(refused(R"({"businesses":[{"id":"x","name":"X","country":"ES","timezone":"Europe/Nowhere"}]})"),
                HasSubstr("businesses[0].timezone must be a time zone"));
    EXPECT_THAT(refused(R"({"businesses":[]})"), HasSubstr("names no business of the file: es-lola"));
}

} // namespace
} // namespace eval
