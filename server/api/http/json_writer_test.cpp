#include "api/http/json_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "api/http/json.hpp"

namespace api::http {
namespace {

TEST(JsonWriter, SetsTheCommas) {
    auto out = JsonWriter();
    out.begin_object().key("items").begin_array();
    out.begin_object().key("id").text("a").key("minutes").integer(-30).end_object();
    out.begin_object().end_object();
    out.begin_array().integer(INT64_MIN).integer(0).end_array().begin_array().end_array();
    out.end_array().key("more").boolean(true).key("less").boolean(false).key("next_cursor").null().end_object();
    EXPECT_EQ(out.release(), R"({"items":[{"id":"a","minutes":-30},{},[-9223372036854775808,0],[]],)"
                             R"("more":true,"less":false,"next_cursor":null})");
}

RC_GTEST_PROP(JsonWriter, AnyTextSurvives, ()) {
    auto const characters = std::string("\x1f\"\\/\n\t\x01\x7f a");
    auto const text = *rc::gen::container<std::string>(rc::gen::elementOf(characters));
    auto out = JsonWriter();
    out.begin_object().key(text).text(text + "ñ😀").end_object();
    auto const read = parse_json(out.release());
    RC_ASSERT(read);
    RC_ASSERT(read->as_object().at(text).as_string() == text + "ñ😀");
}

} // namespace
} // namespace api::http
