// Starts in replies, on Wednesday 21 October 2026.
#include "eval/moments.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace eval {
namespace {

/// "22T10:00 ?T11:00 23T? -24T12:00": day and time of each; unknown parts as ?, refused ones with a minus.
std::string stated(std::string const& reply) {
    auto text = std::string();
    for (auto const& moment : moments_in(sentences_of(reply), base::make_date(2026, 10, 21))) {
        text += fmt::format("{}{}{}T{}", text.empty() ? "" : " ", moment.refused ? "-" : "",
                            moment.date ? base::format_date(*moment.date).substr(5) : "?",
                            moment.time ? base::format_time_of_day(*moment.time) : "?");
    }
    return text;
}

struct Case {
    std::string reply;
    std::string wanted;
};

TEST(Moments, are_read_as_replies_write_them) {
    for (auto const& [reply, wanted] : std::vector<Case>{
             {"hoy a las 18:00", "10-21T18:00"},
             {"mañana, jueves 22 de octubre a las *17:15*", "10-22T17:15"},
             {"pasado mañana a las 9:30", "10-23T09:30"},
             {"el jueves a las 10:00", "10-22T10:00"},
             {"el miércoles a las 10:00", "10-28T10:00"},
             {"vie 23 oct 18:00", "10-23T18:00"},
             {"jue. 22/10, 10:00 h", "10-22T10:00"},
             {"2026-10-22 10:00", "10-22T10:00"},
             {"el 22 a las 10 y media de la mañana", "10-22T10:30"},
             {"el 3 de noviembre a las 6 de la tarde", "11-03T18:00"},
             {"Thursday, October 22nd at 6 pm", "10-22T18:00"},
             {"tomorrow at 6:30 p.m.", "10-22T18:30"},
             {"Mon 26 Oct, 9:15 am", "10-26T09:15"},
             {"mañana 18.30 hs", "10-22T18:30"},
             {"mañana 18 h", "10-22T18:00"},
             {"mañana 17h15", "10-22T17:15"},
             {"mañana a la 1 de la tarde", "10-22T13:00"},
             {"mañana a las siete de la noche", "10-22T19:00"},
             {"mañana a las doce y cuarto", "10-22T12:15"},
             {"10:00, 10:30 y 11:00 del jueves 22", "10-22T10:00 10-22T10:30 10-22T11:00"},
             {"Para mañana tengo:\n1) 10:00\n2) 10:15", "10-22T10:00 10-22T10:15"},
             {"Jueves 22: 10:00, 11:00\nViernes 23: 12:00", "10-22T10:00 10-22T11:00 10-23T12:00"},
             {"de 10:00 a 10:45 mañana", "10-22T10:00"},
             {"mañana, 16:45–17:30", "10-22T16:45"},
             {"a las 17:30 está ocupado, pero a las 18:00 sí", "-?T17:30 ?T18:00"},
             {"El viernes no tengo nada; el sábado 24 a las 10:00", "-10-23T? 10-24T10:00"},
             {"¿el jueves 22 o el jueves 29?", "10-22T? 10-29T?"},
             {"¿por la mañana o por la tarde?", ""},
             {"Abrimos de 10:00 a 14:00 y de 16:30 a 20:30", ""},
             {"de lunes a viernes de 9:00 a 19:00", ""},
             {"antes de las 12:00 o después de las 18:00", ""},
             {"dura 1 h 30 min y cuesta 28,50 €", ""},
             {"cuesta $95.000", ""},
             {"24 horas antes", ""},
             {"Puedes escribir por ejemplo «mañana» o «el 3 de noviembre»", ""},
             {"Calle Mayor 12, 28013 Madrid, +34 910 000 101", ""},
             {"tienes 2 citas", ""},
         }) {
        EXPECT_EQ(stated(reply), wanted) << reply;
    }
}

TEST(AnUnmarkedHour, may_be_of_either_half_of_the_day) {
    auto const at = [](std::string const& reply, char const* start) {
        return moments_in(sentences_of(reply), base::make_date(2026, 10, 21))
            .front()
            .may_be(base::parse_local_time(start).value());
    };
    EXPECT_TRUE(at("hoy a las 6", "2026-10-21T18:00"));
    EXPECT_TRUE(at("hoy a las 6", "2026-10-21T06:00"));
    EXPECT_FALSE(at("hoy a las 6 de la tarde", "2026-10-21T06:00"));
    EXPECT_FALSE(at("hoy a las 6", "2026-10-22T18:00"));
    EXPECT_FALSE(at("hoy a las 16:00", "2026-10-21T04:00"));
}

} // namespace
} // namespace eval
