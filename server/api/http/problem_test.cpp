#include "api/http/problem.hpp"

#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log.hpp"

namespace api::http {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(Problem, StatusFollowsFaultAndCode) {
    auto const cases = std::vector<std::tuple<base::Fault, std::string, int>>{
        {base::Fault::not_found, "not_found", 404},
        {base::Fault::conflict, "slot_taken", 409},
        {base::Fault::invalid, "invalid", 422},
        {base::Fault::invalid, "malformed_json", 400},
        {base::Fault::invalid, "malformed", 400},
        {base::Fault::invalid, "too_large", 413},
        {base::Fault::invalid, "unsupported_media_type", 415},
        {base::Fault::refused, "refused", 403},
        {base::Fault::unauthorized, "unauthorized", 401},
        {base::Fault::limited, "rate_limited", 429},
        {base::Fault::unavailable, "busy", 503},
        {base::Fault::broken, "sealed_damaged", 500},
    };
    for (auto const& [fault, code, status] : cases) {
        EXPECT_EQ(status_of({fault, code, "", {}}), status) << code;
    }
}

TEST(Problem, BodyHasTheMembersOfTheContract) {
    auto const error = base::Error{base::Fault::invalid, "invalid", "Wrong.", {{"name", "too_long", "is too long"}}};
    auto const answer = problem(error);
    EXPECT_EQ(answer.content_type, "application/problem+json");
    EXPECT_EQ(answer.body,
              R"({"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"Wrong.",)"
              R"("code":"invalid","errors":[{"field":"name","code":"too_long","message":"is too long"}]})");
}

TEST(Problem, MayCarryMembersOfItsOwn) {
    auto const answer = problem({base::Fault::conflict, "slot_taken", "Taken.", {}}, {{"alternatives", {1, 2}}});
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"slot_taken","alternatives":[1,2]})"));
}

TEST(Problem, HeadersSayWhatToDo) {
    EXPECT_THAT(problem({base::Fault::unauthorized, "unauthorized", "", {}}).headers,
                Contains(Pair("WWW-Authenticate", "Bearer")));
    EXPECT_THAT(problem({base::Fault::limited, "rate_limited", "", {}}).headers, Contains(Pair("Retry-After", "30")));
    EXPECT_THAT(problem({base::Fault::unavailable, "busy", "", {}}).headers, Contains(Pair("Retry-After", "5")));
}

TEST(Problem, DamageIsNotToldToTheClient) {
    base::log::set_level(base::log::Level::off);
    auto const answer = problem({base::Fault::broken, "sealed_damaged", "row 7 of the key store", {}});
    base::log::set_level(base::log::Level::info);
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, Not(HasSubstr("row 7")));
}

} // namespace
} // namespace api::http
