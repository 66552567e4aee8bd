// `apunta when` as an operator runs it.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "system/process.hpp"

namespace system_test {
namespace {

namespace json = boost::json;

Finished when(std::vector<std::string> const& more, std::string const& input = "") {
    auto words = std::vector<std::string>{binary(), "when"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words, {}, input);
}

void expect_refusal(std::vector<std::string> const& words, std::string const& part, std::string const& input = "") {
    auto const finished = when(words, input);
    EXPECT_EQ(finished.code, 64) << finished.errors;
    EXPECT_EQ(finished.output, "");
    EXPECT_NE(finished.errors.find(part), std::string::npos) << finished.errors;
}

std::vector<std::string> on_wednesday(std::string const& text) {
    return {"--now", "2026-10-21T10:15", "--timezone", "Europe/Madrid", "--country", "ES", text};
}

TEST(When, PrintsOneLineOfJson) {
    auto const finished = when(on_wednesday("mañana a las 5 y cuarto de la tarde"));
    ASSERT_EQ(finished.code, 0) << finished.errors;
    EXPECT_EQ(std::count(finished.output.begin(), finished.output.end(), '\n'), 1);
    auto const line = json::parse(finished.output).as_object();
    EXPECT_EQ(line.at("date").as_string(), "2026-10-22");
    EXPECT_EQ(line.at("time").as_string(), "17:15");
    EXPECT_TRUE(line.at("date_to").is_null() && line.at("time_to").is_null() && line.at("part_of_day").is_null());
    EXPECT_EQ(line.at("ambiguities").as_array().size(), 0U);
    auto const& span = line.at("spans").as_array().at(0).as_object();
    EXPECT_EQ(span.at("kind").as_string(), "day");
    EXPECT_EQ(span.at("end").to_number<int>(), 7);
}

TEST(When, NamesDoubtsWithTheirOptions) {
    auto const line = json::parse(when(on_wednesday("el jueves que viene")).output).as_object();
    EXPECT_TRUE(line.at("date").is_null());
    auto const expected = json::parse(R"([{"code":"which_week","options":["2026-10-22","2026-10-29"]}])");
    EXPECT_EQ(line.at("ambiguities"), expected);
}

TEST(When, ReadsLinesWithTheirOwnClockAndCountry) {
    auto const lines = std::string(R"({"id":"a","text":"hoy","now":"2027-01-01T09:00"})") + "\n" +
                       R"({"id":"b","text":"la quincena","country":"MX","timezone":"America/Mexico_City"})" + "\n";
    auto const finished = when({"--now", "2026-10-21T10:15", "--lines", "-"}, lines);
    ASSERT_EQ(finished.code, 0) << finished.errors;
    auto const end = finished.output.find('\n');
    auto const first = json::parse(finished.output.substr(0, end)).as_object();
    auto const second = json::parse(finished.output.substr(end + 1)).as_object();
    EXPECT_EQ(first.at("id").as_string(), "a");
    EXPECT_EQ(first.at("date").as_string(), "2027-01-01");
    EXPECT_EQ(second.at("date").as_string(), "2026-10-31");
}

TEST(When, SaysWhatIsWrongAndWhere) {
    expect_refusal({}, "needs a text");
    expect_refusal({"hoy", "--now", "ayer"}, "now: \"ayer\"");
    expect_refusal({"hoy", "--timezone", "Marte/Olimpo"}, "timezone");
    expect_refusal({"hoy", "--country", "es"}, "country");
    expect_refusal({"--lines", "/nowhere/lines.jsonl"}, "cannot be read");
    expect_refusal({"--lines", "-"}, "- line 2: text: is missing", "{\"text\":\"hoy\"}\n{}\n");
    expect_refusal({"--lines", "-"}, "- line 1: line: is no JSON", "hoy\n");
}

} // namespace
} // namespace system_test
