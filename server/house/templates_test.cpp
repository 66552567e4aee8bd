// The templates of the trades: complete, valid, and such that the assistant knows each service by its words.
#include <gmock/gmock.h>

#include "assistant/service_terms.hpp"
#include "business/templates.hpp"
#include "house/open_house_test.hpp"

namespace house {
namespace {

using business::Kind;
using business::Language;

constexpr auto kinds = std::array{Kind::hair_salon, Kind::barber, Kind::nails,  Kind::beauty,
                                  Kind::clinic,     Kind::physio, Kind::dental, Kind::other};
constexpr auto countries = std::array{"ES", "MX", "AR", "CO", "CL", "US"};

std::size_t longest_day(business::WeeklyHours const& week) {
    return std::ranges::max(week.days, {}, &business::DayHours::size).size();
}

TEST(Templates, are_split_in_spain_and_open_through_in_america) {
    for (auto const kind : kinds) {
        for (auto const* country : countries) {
            auto const week = business::template_of(kind, Language::es, country).weekly;
            EXPECT_EQ(longest_day(week), std::string(country) == "ES" ? 2U : 1U) << to_text(kind) << country;
            EXPECT_GE(std::ranges::count_if(week.days, [](auto const& day) { return !day.empty(); }), 5);
            for (auto const& day : week.days)
                EXPECT_EQ(business::check_day(day, "day").value(), day) << "sorted, apart, within the day";
        }
    }
}

TEST(Templates, have_the_same_services_in_both_languages_and_no_price) {
    for (auto const kind : kinds) {
        auto const spanish = business::template_of(kind, Language::es, "ES").services;
        auto const english = business::template_of(kind, Language::en, "ES").services;
        ASSERT_EQ(spanish.size(), english.size());
        EXPECT_GE(spanish.size(), 8U);
        for (auto i = std::size_t{0}; i < spanish.size(); ++i) {
            EXPECT_EQ(spanish[i].duration, english[i].duration);
            EXPECT_FALSE(spanish[i].synonyms.empty() || english[i].synonyms.empty()) << spanish[i].name;
            EXPECT_FALSE(spanish[i].price_minor || english[i].price_minor);
            EXPECT_EQ(spanish[i].price_kind, business::PriceKind::ask);
        }
    }
}

/// A shop that has the template as it is.
assistant::Shop shop_of(std::vector<business::Service> services) {
    auto shop = assistant::Shop();
    for (auto i = std::size_t{0}; i < services.size(); ++i)
        services[i].id = base::ServiceId(std::to_string(i));
    shop.services = std::move(services);
    return shop;
}

TEST(Templates, are_understood_word_by_word) {
    for (auto const kind : kinds) {
        for (auto const language : {Language::es, Language::en}) {
            auto const shop = shop_of(business::template_of(kind, language, "ES").services);
            for (auto const& service : shop.services) {
                auto words = service.synonyms;
                words.push_back(service.name);
                for (auto const& word : words) {
                    EXPECT_THAT(assistant::services_named(word, shop), testing::ElementsAre(service.id))
                        << to_text(kind) << ": " << word << " should be " << service.name;
                }
            }
        }
    }
}

class ServedTemplates : public OpenHouse {};
APUNTA_ON_EACH_ENGINE(ServedTemplates);

TEST_P(ServedTemplates, CanBeTakenWhole) {
    auto number = 0;
    for (auto const* kind : {"hair_salon", "barber", "nails", "beauty", "clinic", "physio", "dental", "other"}) {
        for (auto const* locale : {"es", "en"}) {
            auto client = owner("ana" + std::to_string(number++) + "@example.com");
            auto const made = client.get("/api/v1/templates?kind=" + std::string(kind) + "&locale=" + locale);
            ASSERT_EQ(made.status, 200) << made.text;
            auto const week = client.put("/api/v1/business/hours", {{"version", 1}, {"weekly", made["/weekly"]}});
            ASSERT_EQ(week.status, 200) << week.text;
            EXPECT_EQ(week["/weekly"], made["/weekly"]);
            for (auto const& item : made["/services"].as_array()) {
                auto const added = client.post("/api/v1/services", item);
                ASSERT_EQ(added.status, 201) << added.text;
                for (auto const& member : item.as_object())
                    EXPECT_EQ(added.body.at(member.key()), member.value()) << member.key();
            }
            EXPECT_EQ(client.get("/api/v1/services?limit=200")["/items"].as_array().size(),
                      made["/services"].as_array().size());
        }
    }
}

TEST_P(ServedTemplates, AreThoseOfTheBusinessUnlessAskedForOthers) {
    auto client = stranger();
    ASSERT_EQ(client.sign_up("eva@example.com", {{"country", "MX"}}).status, 201);
    ASSERT_EQ(client.patch("/api/v1/business", {{"version", 1}, {"kind", "barber"}}).status, 200);
    auto const own = client.get("/api/v1/templates");
    EXPECT_EQ(own.text_at("/kind"), "barber");
    EXPECT_EQ(own.text_at("/locale"), "es");
    EXPECT_EQ(own.text_at("/country"), "MX");
    EXPECT_EQ(own["/weekly/monday"].as_array().size(), 1U);
    auto const other = client.get("/api/v1/templates?kind=dental&locale=en-GB&country=ES");
    EXPECT_EQ(other.text_at("/kind"), "dental");
    EXPECT_EQ(other.text_at("/locale"), "en");
    EXPECT_EQ(other["/weekly/monday"].as_array().size(), 2U);
    EXPECT_EQ(client.get("/api/v1/templates?kind=bakery").field(), "kind");
    EXPECT_EQ(client.get("/api/v1/templates?locale=fr").field(), "locale");
    EXPECT_EQ(client.get("/api/v1/templates?country=es").field(), "country");
    EXPECT_EQ(client.get("/api/v1/templates?size=1").field(), "size");
}

} // namespace
} // namespace house
