#include "base/money.hpp"
#include "business/profile.hpp"

#include <gtest/gtest.h>

#include "base/money.hpp"
#include "base/zone.hpp"

namespace business {
namespace {

TEST(Profile, keeps_the_names_that_the_contract_fixes) {
    EXPECT_EQ(to_text(Kind::hair_salon), "hair_salon");
    EXPECT_EQ(to_text(Kind::physio), "physio");
    EXPECT_EQ(to_text(Kind::other), "other");
    EXPECT_EQ(to_text(Tone::usted), "usted");
    EXPECT_EQ(to_text(AssistantMode::after_hours), "after_hours");
    EXPECT_EQ(parse_kind("dental"), Kind::dental);
    EXPECT_EQ(parse_kind("Dental"), std::nullopt);
    EXPECT_EQ(parse_tone("vos"), Tone::vos);
    EXPECT_EQ(parse_tone(""), std::nullopt);
    EXPECT_EQ(parse_assistant_mode("always"), AssistantMode::always);
    EXPECT_EQ(parse_assistant_mode("never"), std::nullopt);
}

TEST(CountryDefaults, speak_to_the_customer_as_the_country_does) {
    struct {
        char const* country;
        char const* timezone;
        char const* locale;
        Tone tone;
        char const* currency;
    } const table[] = {
        {"ES", "Europe/Madrid", "es-ES", Tone::tu, "EUR"},
        {"MX", "America/Mexico_City", "es-MX", Tone::tu, "MXN"},
        {"AR", "America/Argentina/Buenos_Aires", "es-AR", Tone::vos, "ARS"},
        {"CO", "America/Bogota", "es-CO", Tone::usted, "COP"},
        {"CL", "America/Santiago", "es-CL", Tone::tu, "CLP"},
        {"GB", "Europe/London", "en-GB", Tone::tu, "GBP"},
        {"ZZ", "Europe/Madrid", "es-ES", Tone::tu, "EUR"},
        {"", "Europe/Madrid", "es-ES", Tone::tu, "EUR"},
    };
    for (auto const& [country, timezone, locale, tone, currency] : table) {
        SCOPED_TRACE(country);
        auto const defaults = country_defaults(country);
        EXPECT_EQ(defaults.timezone, timezone);
        EXPECT_EQ(defaults.locale, locale);
        EXPECT_EQ(defaults.tone, tone);
        EXPECT_EQ(defaults.currency, currency);
    }
}

TEST(CountryDefaults, name_for_each_country_its_own_locale_and_a_zone_and_a_currency_that_exist) {
    for (auto const* country : {"ES", "MX", "AR", "CO", "CL", "PE", "UY", "PY", "EC", "VE", "BO", "CR",
                                "GT", "HN", "SV", "NI", "PA", "DO", "CU", "PR", "GB", "US", "BR", "PT"}) {
        SCOPED_TRACE(country);
        auto const defaults = country_defaults(country);
        EXPECT_EQ(defaults.locale.substr(3), country);
        EXPECT_TRUE(base::Zone::find(defaults.timezone));
        EXPECT_TRUE(base::is_currency(defaults.currency)) << defaults.currency;
    }
}

} // namespace
} // namespace business
