#include "wording/wording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace wording {
namespace {

using business::Tone;
using testing::HasSubstr;
using testing::Not;

std::vector<Voice> spanish_voices() {
    auto voices = std::vector<Voice>();
    for (auto const tone : {Tone::tu, Tone::usted, Tone::vos}) {
        for (auto const country : {"ES", "MX", "AR", "CO", "CL"})
            voices.push_back({"es", tone, country});
    }
    return voices;
}

/// Everything that any text asks for, marked so that it can be found in the result.
std::string rendered(Voice const& voice, std::string_view key) {
    return say(voice, key,
               {{"business", "‹business›"},
                {"name", "‹name›"},
                {"list", "‹list›"},
                {"service", "‹service›"},
                {"day", "‹day›"},
                {"time", "‹time›"},
                {"staff", "‹staff›"},
                {"price", "‹price›"},
                {"address", "‹address›"},
                {"hours", std::int64_t{2}},
                {"first", "‹first›"},
                {"second", "‹second›"},
                {"last", "‹last›"},
                {"number", std::int64_t{3}},
                {"text", "‹text›"},
                {"duration", "‹duration›"},
                {"link", "‹link›"}});
}

/// The marked arguments of a text, in order of the alphabet.
std::vector<std::string> arguments_in(std::string const& text) {
    auto found = std::vector<std::string>();
    for (auto const* const name : {"address", "business", "day", "duration", "first", "last", "link", "list", "name",
                                   "price", "second", "service", "staff", "text", "time"}) {
        if (text.find("‹" + std::string(name) + "›") != std::string::npos) found.emplace_back(name);
    }
    return found;
}

/// Lower case, with only spaces between the words.
std::string as_words(std::string text) {
    for (auto& letter : text) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 0x20);
        if (letter >= 0 && (letter < 'a' || letter > 'z')) letter = ' ';
    }
    return " " + text + " ";
}

void expect_no_word_of(std::vector<std::string_view> const& words, Tone tone) {
    for (auto const& key : keys()) {
        auto const text = as_words(rendered({"es", tone, "ES"}, key));
        for (auto const word : words)
            EXPECT_THAT(text, Not(HasSubstr(" " + std::string(word) + " "))) << key;
    }
}

TEST(Say, HasEveryTextInEveryVoiceWithTheSameArguments) {
    EXPECT_GE(keys().size(), 80U);
    for (auto const& key : keys()) {
        auto const expected = arguments_in(rendered({"en", Tone::tu, "ES"}, key));
        for (auto const& voice : spanish_voices()) {
            auto const text = rendered(voice, key);
            EXPECT_EQ(arguments_in(text), expected) << key;
            EXPECT_THAT(text, Not(testing::IsEmpty())) << key;
            EXPECT_THAT(text, Not(testing::ContainsRegex("[{}]"))) << key;
        }
    }
}

TEST(Say, KeepsToShortTexts) {
    for (auto const& key : keys()) {
        auto const text = rendered({"es", Tone::vos, "AR"}, key);
        EXPECT_LE(text.size(), 300U) << key;
        EXPECT_EQ(std::ranges::count(text, '*') % 2, 0) << key;
        EXPECT_THAT(text, Not(HasSubstr("!"))) << key;
        EXPECT_THAT(text, Not(HasSubstr("_"))) << key;
    }
}

TEST(Say, DoesNotMixTheThreeWaysOfAddress) {
    expect_no_word_of({"te", "tu", "tus", "ti", "quieres", "puedes", "tienes", "prefieres", "necesitas", "dime",
                       "dices", "responde", "perdona", "avisame", "llama", "escríbeme", "dímelo", "avísame"},
                      Tone::usted);
    expect_no_word_of({"usted", "le", "se lo", "quiere", "puede escribir", "tiene", "prefiere", "escriba", "perdone"},
                      Tone::tu);
    expect_no_word_of({"usted", "ti", "le", "quieres", "puedes", "tienes", "prefieres", "necesitas", "escribe", "dices",
                       "responde", "perdona", "avísame", "escríbeme", "dímelo", "aquí", "llama"},
                      Tone::vos);
    expect_no_word_of({"querés", "podés", "tenés", "preferís", "escribí", "respondé", "perdoná", "decís", "acá"},
                      Tone::tu);
}

TEST(Say, SpeaksOfAnAppointmentAsTheCountryDoes) {
    auto const menu = [](std::string_view country) {
        return say({"es", Tone::tu, std::string(country)}, "greeting_menu");
    };
    EXPECT_THAT(menu("ES"), HasSubstr("Pedir cita"));
    EXPECT_THAT(menu("MX"), HasSubstr("Mis citas"));
    EXPECT_THAT(menu("AR"), HasSubstr("Pedir turno"));
    EXPECT_THAT(menu("CL"), HasSubstr("Mis horas"));
    for (auto const& key : keys()) {
        EXPECT_THAT(rendered({"es", Tone::vos, "AR"}, key), Not(HasSubstr(" cita"))) << key;
    }
}

TEST(Say, LeavesOutWhatIsEmptyOrNotGiven) {
    auto const voice = Voice();
    EXPECT_EQ(say(voice, "ask_confirmation",
                  {{"service", "Mechas"}, {"day", "hoy"}, {"time", "17:15"}, {"staff", ""}, {"name", "Carmen"}}),
              "Te resumo:\n*Mechas*, hoy a las *17:15*.\nA nombre de Carmen.\n¿Lo confirmo?");
    EXPECT_EQ(say(voice, "ask_confirmation",
                  {{"service", "Mechas"}, {"day", "hoy"}, {"time", "17:15"}, {"staff", "Marta"}, {"price", "70 €"}}),
              "Te resumo:\n*Mechas*, hoy a las *17:15*, con Marta.\nPrecio: 70 €.\n¿Lo confirmo?");
    EXPECT_EQ(
        say(voice, "service_line",
            {{"number", std::int64_t{1}}, {"service", "Corte de mujer"}, {"duration", "45 min"}, {"price", "28 €"}}),
        "1) Corte de mujer · 45 min · 28 €");
}

TEST(Say, CountsHours) {
    EXPECT_THAT(say({}, "too_late", {{"hours", std::int64_t{1}}}), HasSubstr("hasta 1 hora antes"));
    EXPECT_THAT(say({}, "too_late", {{"hours", std::int64_t{24}}}), HasSubstr("hasta 24 horas antes"));
    EXPECT_THAT(say({"en", Tone::tu, "ES"}, "too_late", {{"hours", std::int64_t{1}}}),
                HasSubstr("up to 1 hour before"));
}

TEST(Say, TakesArgumentsAsPlainText) {
    auto const odd = std::string("D'Elia's {name} '{0}' # | ''");
    EXPECT_EQ(say({}, "price_line", {{"service", odd}, {"price", "{price}"}}), "• " + odd + ": {price}");
}

TEST(Say, TreatsAMissingKeyOrArgumentAsABug) {
    EXPECT_THROW(say({}, "no_such_text"), std::logic_error);
    EXPECT_THROW(say({}, "ask_day"), std::logic_error);
}

TEST(Say, MayBeCalledFromManyThreads) {
    auto threads = std::vector<std::jthread>();
    for (auto i = 0; i < 4; ++i) {
        threads.emplace_back([] {
            for (auto round = 0; round < 200; ++round)
                EXPECT_EQ(say({}, "hours_closed"), "cerrado");
        });
    }
}

} // namespace
} // namespace wording
