// The phrases of test/corpus/when, in the shape in which `apunta when` is judged.
#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "language/when.hpp"

namespace language {
namespace {

namespace json = boost::json;

template <class Value, class Format>
json::value text_or_null(std::optional<Value> const& value, Format format) {
    return value ? json::value(format(*value)) : json::value();
}

bool has_fields(When const& when, json::object const& gold) {
    auto const part = name_of(when.part_of_day);
    return gold.at("date") == text_or_null(when.date, base::format_date) &&
           gold.at("date_to") == text_or_null(when.date_to, base::format_date) &&
           gold.at("time") == text_or_null(when.time, base::format_time_of_day) &&
           gold.at("time_to") == text_or_null(when.time_to, base::format_time_of_day) &&
           gold.at("part_of_day") == (part.empty() ? json::value() : json::value(std::string(part)));
}

bool has_doubts(When const& when, json::array const& gold) {
    auto expected = std::map<std::string, std::set<std::string>>();
    auto given = std::map<std::string, std::set<std::string>>();
    for (auto const& doubt : gold) {
        auto& options = expected[std::string(doubt.at("code").as_string())];
        if (auto const* list = doubt.as_object().if_contains("options")) {
            for (auto const& option : list->as_array())
                options.emplace(option.as_string());
        }
    }
    for (auto const& doubt : when.ambiguities)
        given[std::string(name_of(doubt.code))].insert(doubt.options.begin(), doubt.options.end());
    if (expected.size() != given.size()) return false;
    return std::ranges::all_of(expected, [&](auto const& doubt) {
        auto const found = given.find(doubt.first);
        return found != given.end() && (doubt.second.empty() || doubt.second == found->second);
    });
}

bool is_right(When const& when, json::object const& row) {
    auto const fits = [&](json::value const& gold) {
        return has_fields(when, gold.as_object()) && has_doubts(when, gold.at("ambiguities").as_array());
    };
    auto const* gold = row.if_contains("gold");
    return gold != nullptr ? fits(*gold) : std::ranges::any_of(row.at("any_of").as_array(), fits);
}

struct Score {
    int right = 0;
    int all = 0;
    std::string misses;
};

Score score(std::string const& file) {
    auto score = Score();
    auto lines = std::ifstream(APUNTA_CORPUS "/when/" + file);
    for (auto line = std::string(); std::getline(lines, line);) {
        auto const row = json::parse(line).as_object();
        auto const text = std::string(row.at("text").as_string());
        auto const now = *base::parse_local_time(std::string(row.at("now").as_string()));
        auto const country = std::string(row.at("country").as_string());
        auto const right = is_right(read_when(text, now, country), row);
        score.right += right ? 1 : 0;
        ++score.all;
        if (!right) score.misses += text + '\n';
    }
    return score;
}

TEST(WhenCorpus, HoldsTheDevelopmentPhrases) {
    auto const all = score("dev.jsonl");
    EXPECT_EQ(all.all, 135);
    EXPECT_EQ(all.right, all.all) << all.misses;
}

TEST(WhenCorpus, HoldsWhatPeopleOfFiveCountriesWrite) {
    auto const all = score("phrases.jsonl");
    EXPECT_EQ(all.all, 1254);
    EXPECT_LE(all.all - all.right, 3) << all.misses; // those that docs/language.md lists
}

} // namespace
} // namespace language
