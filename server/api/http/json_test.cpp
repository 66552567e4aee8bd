#include "api/http/json.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api::http {
namespace {

std::string outcome(std::string_view text) {
    auto const value = parse_json(text);
    return value ? boost::json::serialize(*value) : value.error().code;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, ReadsWhatIsPlain) {
    for (auto const text :
         {R"({"a":1,"b":[true,null,"ñ"],"c":{"a":2}})", "[]", R"("")", "-9223372036854775808", "1.5E0"}) {
        EXPECT_EQ(outcome(text), text);
    }
    EXPECT_EQ(outcome(R"("\u00f1\ud83d\ude00")"), "\"ñ😀\"");
    EXPECT_EQ(outcome(" { } "), "{}");
    EXPECT_EQ(outcome(nested(32)), nested(32));
}

TEST(Json, RefusesWhatProgramsReadDifferently) {
    auto const refused = std::vector<std::string>{"",
                                                  " ",
                                                  "{",
                                                  "{\"a\":1,}",
                                                  "[1,]",
                                                  "{'a':1}",
                                                  "{a:1}",
                                                  "nul",
                                                  "1 2",
                                                  "{} {}",
                                                  "01",
                                                  "+1",
                                                  ".5",
                                                  "1.",
                                                  "NaN",
                                                  "Infinity",
                                                  "1e999",
                                                  "-1e999",
                                                  "[1e400]",
                                                  R"({"a":1,"a":2})",
                                                  R"({"a":{"b":1,"b":1}})",
                                                  R"({"a":1,"\u0061":2})",
                                                  R"("\u0000")",
                                                  R"({"\u0000":1})",
                                                  R"({"a":"x\u0000y"})",
                                                  "\"\xff\"",
                                                  "\"\xc0\x80\"",
                                                  "\"\xed\xa0\x80\"",
                                                  R"("\ud800")",
                                                  "\xef\xbb\xbf{}",
                                                  "\"a\nb\"",
                                                  "/**/{}",
                                                  "{}//",
                                                  nested(33),
                                                  std::string("{}\0", 3)};
    for (auto const& text : refused) {
        EXPECT_EQ(outcome(text), "malformed_json") << text;
    }
}

TEST(Json, SameKeyInDifferentObjectsIsFine) { EXPECT_EQ(outcome(R"([{"a":1},{"a":1}])"), R"([{"a":1},{"a":1}])"); }

TEST(Json, SaysWhichKeyOccursTwice) {
    EXPECT_THAT(parse_json(R"({"from":1,"to":2,"from":3})").error().message, testing::HasSubstr("\"from\""));
}

TEST(Json, LargeDocumentsTakeLinearTime) {
    auto text = std::string("{");
    for (auto i = 0; i < 100'000; ++i) {
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
    }
    EXPECT_EQ(parse_json(text + "}")->as_object().size(), 100'000u);
    EXPECT_EQ(outcome(text + ",\"k0\":0}"), "malformed_json");
}

TEST(Json, BodyMustBeAnObjectOfThatMediaType) {
    auto const code = [](std::string type, std::string body) {
        auto request = Request{.method = "POST", .body = std::move(body)};
        if (!type.empty()) request.headers.add("content-type", std::move(type));
        auto const object = json_object(request);
        return object ? std::string("read") : object.error().code;
    };
    EXPECT_EQ(code("application/json", "{}"), "read");
    EXPECT_EQ(code("Application/JSON ; charset=utf-8", "{}"), "read");
    EXPECT_EQ(code("", "{}"), "unsupported_media_type");
    EXPECT_EQ(code("text/plain", "{}"), "unsupported_media_type");
    EXPECT_EQ(code("application/jsonp", "{}"), "unsupported_media_type");
    EXPECT_EQ(code("application/json", "[]"), "malformed_json");
    EXPECT_EQ(code("application/json", ""), "malformed_json");
}

TEST(Json, AnswersCarryTheMediaType) {
    auto const answer = json(201, {{"id", "x"}});
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.content_type, "application/json");
    EXPECT_EQ(answer.body, R"({"id":"x"})");
}

} // namespace
} // namespace api::http
