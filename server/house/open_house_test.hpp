// A house that stands for the length of a test, on each engine, and clients that speak to it over loopback.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "api/testing.hpp"
#include "base/random.hpp"
#include "base/zone.hpp"
#include "house/house.hpp"
#include "mail/mailer.hpp"
#include "store/testing.hpp"

namespace house {

namespace json = boost::json;
using api::Answer;
using api::TestClient;

/// Monday, ten o'clock in Madrid.
inline auto const monday_at_10 = base::parse_instant("2026-10-19T10:00:00+02:00").value();

class OpenHouse : public testing::TestWithParam<store::Engine> {
protected:
    OpenHouse() : place_(GetParam()) {}

    /// A demo: every new business has a simulator, and business time can be moved.
    void SetUp() override {
        auto config = Config();
        config.folder = place_.options().folder;
        config.database_url = place_.options().postgres;
        config.port = 0;
        config.demo = true;
        config.now = monday_at_10;
        config.breath = base::Milliseconds(0);
        config.lane_threads = 1;
        config.mailer = mailer_;
        config.limits = limits_;
        configure(config);
        auto opened = House::open(config);
        ASSERT_TRUE(opened) << opened.error().message;
        house_ = *std::move(opened);
    }

    /// For suites whose house is another one.
    virtual void configure(Config&) const {}

    House& house() { return *house_; }
    store::TestPlace const& place() const { return place_; }
    TestClient stranger() { return TestClient(house_->url()); }
    /// A business of its own, in Madrid.
    TestClient owner(std::string const& email = "ana@example.com") {
        auto client = stranger();
        EXPECT_EQ(client.sign_up(email).status, 201);
        return client;
    }

    /// Set before SetUp().
    std::shared_ptr<mail::Mailer> mailer_;
    api::RateLimits::Rules limits_ = {.api_requests_per_minute = 0};

private:
    store::TestPlace place_;
    std::unique_ptr<House> house_;
};

inline std::string name_of_engine(testing::TestParamInfo<store::Engine> const& info) {
    return store::engine_name(info.param);
}

#define APUNTA_ON_EACH_ENGINE(suite)                                                                                   \
    INSTANTIATE_TEST_SUITE_P(, suite, testing::ValuesIn(store::engines_under_test()), name_of_engine)

inline json::object everyday(std::string_view from, std::string_view to) {
    auto week = json::object();
    for (auto const* day : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        week[day] = json::array{json::object{{"from", from}, {"to", to}}};
    }
    return week;
}

inline std::string first_staff(TestClient& client) { return client.get("/api/v1/staff").text_at("/items/0/id"); }

inline std::string add_service(TestClient& client, std::string_view name, json::object more = {}) {
    more["name"] = name;
    more.emplace("duration_minutes", 30);
    auto const answer = client.post("/api/v1/services", more);
    EXPECT_EQ(answer.status, 201) << answer.text;
    return answer.text_at("/id");
}

/// Open every day from nine to eight.
inline void open_every_day(TestClient& client) {
    auto const answer =
        client.put("/api/v1/business/hours", json::object{{"version", 1}, {"weekly", everyday("09:00", "20:00")}});
    EXPECT_EQ(answer.status, 200) << answer.text;
}

} // namespace house
