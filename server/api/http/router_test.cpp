#include "api/http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api::http {
namespace {

RouteHandler say(std::string text) {
    return [text](Request const&, Params const&) { return Response::text(200, "text/plain", text); };
}

Router routes() {
    auto router = Router();
    router.add("GET", "/bookings", say("list"));
    router.add("POST", "/bookings", say("create"));
    router.add("GET", "/bookings.csv", say("csv"));
    router.add("GET", "/bookings/{id}", [](Request const&, Params const& params) {
        return Response::text(200, "text/plain", "one " + params["id"]);
    });
    router.add("GET", "/bookings/new", say("form"));
    router.add("POST", "/bookings/{booking}/{action}", [](Request const&, Params const& params) {
        return Response::text(200, "text/plain", params["action"] + " " + params["booking"]);
    });
    router.add("DELETE", "/gone", [](Request const&, Params const&) -> base::Result<Response> {
        return base::fail(base::Fault::conflict, "slot_taken", "Taken.");
    });
    return router;
}

struct Case {
    std::string method;
    std::string path;
    int status;
    std::string body;
};

TEST(Router, FindsTheRoute) {
    auto const router = routes();
    auto const cases = std::vector<Case>{
        {"GET", "/bookings", 200, "list"},
        {"POST", "/bookings", 200, "create"},
        {"HEAD", "/bookings", 200, "list"},
        {"GET", "/bookings.csv", 200, "csv"},
        {"GET", "/bookings/new", 200, "form"},
        {"GET", "/bookings/news", 200, "one news"},
        {"GET", "/bookings/a%20b%2Fc", 200, "one a b/c"},
        {"POST", "/bookings/7/cancel", 200, "cancel 7"},
        {"POST", "/bookings/new/cancel", 200, "cancel new"},
    };
    for (auto const& c : cases) {
        auto const answer = router(Request{.method = c.method, .path = c.path});
        EXPECT_EQ(answer.status, c.status) << c.method << " " << c.path;
        EXPECT_EQ(answer.body, c.body) << c.method << " " << c.path;
    }
}

TEST(Router, UnknownPathIsNotFound) {
    auto const router = routes();
    for (auto const path :
         {"/", "/booking", "/bookings/", "/bookings/1/", "/bookings/1/a/b", "//bookings", "/bookings//cancel"}) {
        auto const answer = router(Request{.method = "GET", .path = path});
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_THAT(answer.body, testing::HasSubstr(R"("code":"not_found")"));
    }
}

std::string allow(Response const& response) {
    for (auto const& [name, value] : response.headers) {
        if (name == "Allow") return value;
    }
    return "";
}

TEST(Router, OtherMethodsLearnWhatIsAllowed) {
    auto const router = routes();
    auto const refused = router(Request{.method = "PUT", .path = "/bookings"});
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(allow(refused), "OPTIONS, HEAD, GET, POST");
    auto const asked = router(Request{.method = "OPTIONS", .path = "/gone"});
    EXPECT_EQ(asked.status, 204);
    EXPECT_EQ(allow(asked), "OPTIONS, DELETE");
    EXPECT_EQ(router(Request{.method = "HEAD", .path = "/gone"}).status, 405);
}

TEST(Router, ErrorsBecomeAnswers) {
    EXPECT_EQ(routes()(Request{.method = "DELETE", .path = "/gone"}).status, 409);
    auto own =
        Router([](Request const&, base::Error const& error) { return Response::text(418, "text/plain", error.code); });
    EXPECT_EQ(own(Request{.method = "GET", .path = "/nowhere"}).body, "not_found");
}

TEST(Router, TableCanBeRead) {
    auto const router = routes();
    ASSERT_EQ(router.routes().size(), 7u);
    EXPECT_EQ(router.routes()[5].method, "POST");
    EXPECT_EQ(router.routes()[5].pattern, "/bookings/{booking}/{action}");
}

TEST(Router, MistakesInTheTableAreBugs) {
    auto router = routes();
    EXPECT_THROW(router.add("GET", "/bookings/{other}", say("")), std::logic_error);
    EXPECT_THROW(Params({})["id"], std::logic_error);
}

} // namespace
} // namespace api::http
