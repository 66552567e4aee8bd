#include "api/contract_check.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto small_contract = R"({
  "paths": {
    "/cups/{id}": {"get": {"responses": {
      "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cup"}}}},
      "204": {"description": "Done."},
      "404": {"$ref": "#/components/responses/NotFound"}}}},
    "/cups/best": {"delete": {"security": [], "responses": {"204": {"description": "Done."}}}}
  },
  "components": {
    "responses": {"NotFound": {"content": {"application/problem+json": {"schema": {"type": "object"}}}}},
    "schemas": {
      "Cup": {"type": "object", "additionalProperties": false, "required": ["size"], "properties": {
        "size": {"type": "integer", "minimum": 1, "maximum": 9},
        "color": {"anyOf": [{"type": "string", "pattern": "^#[0-9a-f]{6}$"}, {"type": "null"}]},
        "kind": {"type": ["string", "null"], "enum": ["mug", "glass", null]},
        "name": {"type": "string", "minLength": 2, "maxLength": 3},
        "washed_at": {"type": "string", "format": "date-time"},
        "stains": {"type": "array", "maxItems": 2, "items": {"type": "boolean"}}}}}
  }
})";

Answer answer(int status, std::string type, std::string text) {
    auto body = type.ends_with("json") ? boost::json::parse(text) : boost::json::value();
    return {status, std::move(type), {}, std::move(text), std::move(body)};
}

struct Case {
    std::string cup;
    std::string complaint; ///< empty: none
};

class CupTest : public testing::TestWithParam<Case> {};

TEST_P(CupTest, IsHeldAgainstItsSchema) {
    auto const found = Contract(small_contract).mismatches("Cup", boost::json::parse(GetParam().cup));
    if (GetParam().complaint.empty()) {
        EXPECT_THAT(found, IsEmpty());
    } else {
        EXPECT_THAT(found, ElementsAre(HasSubstr(GetParam().complaint)));
    }
}

INSTANTIATE_TEST_SUITE_P(
    , CupTest,
    testing::Values(Case{R"({"size": 3})", ""}, Case{R"({"size": 3, "color": null, "kind": null})", ""},
                    Case{R"({"size": 3, "color": "#00ff00", "kind": "mug", "stains": [true]})", ""},
                    Case{R"({})", "/size: is missing"}, Case{R"([])", "not of type"},
                    Case{R"({"size": "3"})", "/size: \"3\" is not of type"}, Case{R"({"size": 3.5})", "not of type"},
                    Case{R"({"size": 0})", "minimum"}, Case{R"({"size": 10})", "maximum"},
                    Case{R"({"size": 3, "lid": true})", "/lid: is not in the contract"},
                    Case{R"({"size": 3, "color": "green"})", "none of the alternatives"},
                    Case{R"({"size": 3, "kind": "bowl"})", "is none of"},
                    Case{R"({"size": 3, "name": "ñ"})", "minLength"},
                    Case{R"({"size": 3, "name": "ñandú"})", "maxLength"},
                    Case{R"({"size": 3, "washed_at": "today"})", "format"},
                    Case{R"({"size": 3, "stains": [true, 1]})", "/stains/1: 1 is not of type"},
                    Case{R"({"size": 3, "stains": [true, true, true]})", "maxItems"}));

TEST(ContractTest, FindsTheOperationOfAPathAndRefusesWhatItDoesNotList) {
    auto const contract = Contract(small_contract);
    EXPECT_THAT(contract.breaches("GET", "/cups/7", answer(200, "application/json", R"({"size": 1})")), IsEmpty());
    EXPECT_THAT(contract.breaches("GET", "/cups/7", answer(404, "application/problem+json", "{}")), IsEmpty());
    EXPECT_THAT(contract.breaches("DELETE", "/cups/best", answer(204, "", "")), IsEmpty());
    EXPECT_THAT(contract.breaches("GET", "/cups/7", answer(200, "application/json", "{}")),
                ElementsAre(HasSubstr("/size: is missing")));
    EXPECT_THAT(contract.breaches("GET", "/cups/7", answer(200, "text/plain", "1")),
                ElementsAre(HasSubstr("the type")));
    EXPECT_THAT(contract.breaches("GET", "/cups/7", answer(500, "", "")), ElementsAre(HasSubstr("this status")));
    EXPECT_THAT(contract.breaches("GET", "/cups/7", answer(204, "", "x")), ElementsAre(HasSubstr("has a body")));
    EXPECT_THAT(contract.breaches("GET", "/plates", answer(200, "", "")),
                ElementsAre(HasSubstr("not in the contract")));
    EXPECT_THAT(contract.breaches("PUT", "/cups/7", answer(200, "", "")),
                ElementsAre(HasSubstr("not in the contract")));
    EXPECT_THAT(contract.breaches("PUT", "/cups/7", answer(405, "", "")), IsEmpty());
    EXPECT_THAT(contract.breaches("GET", "/plates", answer(404, "", "")), IsEmpty());
}

TEST(ContractTest, ListsItsOperations) {
    EXPECT_THAT(Contract(small_contract).operations(), ElementsAre(Contract::Operation{"GET", "/cups/{id}", false},
                                                                   Contract::Operation{"DELETE", "/cups/best", true}));
}

} // namespace
} // namespace api
