#include "language/when.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>

#include "language/described_test.hpp"

namespace language {
namespace {

struct Row {
    std::string_view text;
    std::string_view expected;
};

/// Wednesday 21 October 2026, 10:15.
void check(std::vector<Row> const& rows, std::string_view now = "2026-10-21T10:15") {
    for (auto const& row : rows) {
        EXPECT_EQ(described(read_when(row.text, *base::parse_local_time(now), "ES")), row.expected) << row.text;
    }
}

TEST(When, ReadsDaysNamedFromToday) {
    check({{"hoy", "2026-10-21"},
           {"¿tenéis algo para hoy?", "2026-10-21"},
           {"mañana", "2026-10-22"},
           {"MAÑANA!!", "2026-10-22"},
           {"quiero cita mnn", "2026-10-22"},
           {"pasado mañana", "2026-10-23"},
           {"pasado a las 12", "2026-10-23 12:00"},
           {"la cita de mañana", "2026-10-22"},
           {"en dos semanas", "2026-11-04"},
           {"dentro de tres días", "2026-10-24"},
           {"en un par de días", "2026-10-23"},
           {"dentro de 2 meses", "2026-12-21"},
           {"mañana en ocho", "2026-10-29"},
           {"de hoy en quince", "2026-11-04"},
           {"el sábado en ocho", "2026-10-31"}});
}

TEST(When, KeepsTheDayOfTheMonthWithinAShorterMonth) {
    check({{"dentro de un mes", "2027-02-28"}}, "2027-01-31T09:00");
}

TEST(When, ReadsWeekdaysFromTomorrowOn) {
    check({{"el jueves", "2026-10-22"},
           {"viernes", "2026-10-23"},
           {"el lunes a las 5", "2026-10-26 17:00"},
           {"este sábado", "2026-10-24"},
           {"este miércoles", "2026-10-21"},
           {"sabado x la tarde", "2026-10-24 afternoon"},
           {"el vierns a las 10", "2026-10-23 10:00"},
           {"el jueves q viene", "which_week[2026-10-22,2026-10-29]"},
           {"el lunes que viene", "2026-10-26"},
           {"el próximo domingo", "which_week[2026-10-25,2026-11-01]"},
           {"el martes próximo", "2026-10-27"},
           {"el miércoles", "which_week[2026-10-21,2026-10-28]"},
           {"el miércoles a las 9 de la mañana", "2026-10-28 09:00"},
           {"el miércoles a las 6", "18:00 which_week[2026-10-21,2026-10-28]"},
           {"el otro viernes", "which_week[2026-10-23,2026-10-30]"},
           {"el viernes de la semana que viene", "2026-10-30"},
           {"el viernes de esta semana", "2026-10-23"},
           {"la próxima semana el jueves", "2026-10-29"},
           {"el jueves de la otra semana a las 11", "2026-10-29 11:00"},
           {"el lunes no, el siguiente", "2026-11-02"},
           {"el viernes subsiguiente", "2026-10-30"},
           {"el lunes pasado", "2026-10-19 past[]"}});
}

TEST(When, DoesNotTakeLookAlikesForWeekdaysOrMonths) {
    check({{"¿vienes tú?", ""}, {"quiero luces", ""}, {"¿a qué hora vais a abrir?", ""}, {"el pelo entero", ""}});
}

TEST(When, ReadsDates) {
    check({{"el 3", "2026-11-03"},
           {"el 21", "2026-10-21"},
           {"el día 20", "2026-11-20"},
           {"3 de noviembre", "2026-11-03"},
           {"el 3 de nov a las 10", "2026-11-03 10:00"},
           {"1 de enero", "2027-01-01"},
           {"1º de diciembre", "2026-12-01"},
           {"5 de marzo de 2027", "2027-03-05"},
           {"3/11", "2026-11-03"},
           {"3/11 a las 17:30", "2026-11-03 17:30"},
           {"3-11-26", "2026-11-03"},
           {"2026-11-03", "2026-11-03"},
           {"el 3 del mes que viene", "2026-11-03"},
           {"viernes 23", "2026-10-23"},
           {"jueves 22 de octubre a las 10:30", "2026-10-22 10:30"},
           {"lunes 2/11", "2026-11-02"},
           {"viernes 24", "weekday_date_mismatch[2026-10-23,2026-10-24]"},
           {"el martes 3 de noviembre", "2026-11-03"},
           {"el jueves 3 de noviembre", "weekday_date_mismatch[2026-11-03,2026-11-05]"},
           {"lunes 9 hs", "2026-10-26 09:00"},
           {"domingo 12 del día", "2026-10-25 12:00"},
           {"31/11", "invalid_date[]"},
           {"el 31 de abril", "invalid_date[]"},
           {"el 5/13", "invalid_date[]"},
           {"29 de febrero", "2028-02-29"},
           {"en Nochebuena", "2026-12-24"},
           {"el último día de noviembre", "2026-11-30"},
           {"el segundo martes de noviembre", "2026-11-10"}});
}

TEST(When, ReadsStretchesOfDays) {
    check({{"la semana que viene", "2026-10-26..2026-11-01"},
           {"esta semana", "2026-10-21..2026-10-25"},
           {"este finde", "2026-10-24..2026-10-25"},
           {"el fin de semana por la mañana", "2026-10-24..2026-10-25 morning"},
           {"este mes", "2026-10-21..2026-10-31"},
           {"el mes que viene", "2026-11-01..2026-11-30"},
           {"en diciembre", "2026-12-01..2026-12-31"},
           {"a mediados de noviembre", "2026-11-11..2026-11-20"},
           {"a finales de mes", "2026-10-25..2026-10-31"},
           {"a principios de mes", "2026-11-01..2026-11-10"},
           {"de jueves a sábado", "2026-10-22..2026-10-24"},
           {"entre el 3 y el 6", "2026-11-03..2026-11-06"},
           {"la semana del 9", "2026-11-09..2026-11-15"}});
}

TEST(When, ReadsTheClockAsSpoken) {
    check({{"a las 10", "10:00"},
           {"a las 10:30", "10:30"},
           {"17.30h", "17:30"},
           {"17h", "17:00"},
           {"17h30", "17:30"},
           {"a las 17 hs", "17:00"},
           {"09:00", "09:00"},
           {"a las 5 y cuarto", "17:15"},
           {"a las 5 y media", "17:30"},
           {"a las 6 menos cuarto", "17:45"},
           {"a las cinco", "17:00"},
           {"a la una", "13:00"},
           {"a la una y media", "13:30"},
           {"a las doce", "12:00"},
           {"a las doce y veinte", "12:20"},
           {"a las 5 y veinticinco", "17:25"},
           {"cuarto para las 6", "17:45"},
           {"diez para las 7", "18:50"},
           {"5 pm", "17:00"},
           {"5pm", "17:00"},
           {"5 p. m.", "17:00"},
           {"730 pm", "19:30"},
           {"9 a.m.", "09:00"},
           {"12 am", "00:00"},
           {"12m", "12:00"},
           {"a las 4 de la tarde", "16:00"},
           {"a las 11 de la noche", "23:00"},
           {"a las 12 de la mañana", "12:00"},
           {"a las 3 del mediodía", "15:00"},
           {"alas 5", "17:00"},
           {"tipo 6", "18:00"},
           {"como a las 4", "16:00"},
           {"sobre las 4 y media", "16:30"},
           {"a eso de las 7", "19:00"},
           {"a las 17 en punto", "17:00"},
           {"a las 0:30", "00:30"},
           {"a medianoche", "00:00"},
           {"11 y media", "11:30"},
           {"a las 8", "am_pm[08:00,20:00]"},
           {"a las 8 de la noche", "20:00"},
           {"a las 08:30", "08:30"},
           {"mañana 14", "2026-10-22 14:00"},
           {"a las 25", "invalid_time[]"},
           {"a las 5:75", "invalid_time[]"}});
}

TEST(When, CountsHoursFromNow) {
    check({{"en media hora", "2026-10-21 10:45"}, {"dentro de dos horas", "2026-10-21 12:15"}});
    check({{"en 2 horas", "2026-10-22 00:30"}}, "2026-10-21T22:30");
}

TEST(When, LetsThePartOfTheDayDecideBetweenMorningAndEvening) {
    check({{"por la mañana a las 7", "07:00"},
           {"mañana por la tarde a las 8", "2026-10-22 20:00"},
           {"por la tarde, después de las 5", "17:00..24:00"},
           {"el jueves temprano, a las 8", "2026-10-22 08:00"},
           {"esta tarde a las 6", "2026-10-21 18:00"}});
}

TEST(When, ReadsAnHourOfTodayAsTheOneStillToCome) {
    check({{"hoy a las 9", "2026-10-21 21:00"},
           {"hoy a las 8", "2026-10-21 20:00"},
           {"hoy a las 11", "2026-10-21 11:00"},
           {"hoy a las 9 de la mañana", "2026-10-21 09:00 past[]"},
           {"ayer", "2026-10-20 past[]"}});
    check({{"hoy a las 5", "2026-10-21 17:00 past[]"}}, "2026-10-21T18:00");
}

TEST(When, ReadsStretchesOfHours) {
    check({{"después de las 6", "18:00..24:00"},
           {"a partir de las 17", "17:00..24:00"},
           {"antes de las 12", "00:00..12:00"},
           {"hasta las 2", "00:00..14:00"},
           {"entre 4 y 6", "16:00..18:00"},
           {"de 10 a 2", "10:00..14:00"},
           {"de 8 a 10", "08:00..10:00"},
           {"entre las 10 y las 12 de la mañana", "10:00..12:00"},
           {"de 9:30 a 11", "09:30..11:00"},
           {"desde las 4 hasta las 6", "16:00..18:00"},
           {"el jueves de 5 a 7 de la tarde", "2026-10-22 17:00..19:00"}});
}

TEST(When, ReadsPartsOfTheDay) {
    check({{"mañana por la mañana", "2026-10-22 morning"},
           {"mañana a la mañana", "2026-10-22 morning"},
           {"por la tarde", "afternoon"},
           {"esta noche", "2026-10-21 night"},
           {"al mediodía", "12:00 midday"},
           {"a primera hora", "first"},
           {"a última hora de la tarde", "evening"},
           {"lo antes posible", "asap"},
           {"dame el primer turno que tengas", "asap"},
           {"ahora", "2026-10-21 asap"},
           {"después de comer", "after_lunch"},
           {"a cualquier hora", "any"},
           {"mañana tempranito", "2026-10-22 early"},
           {"al salir del trabajo", "after_work"}});
}

TEST(When, TakesTheCorrectionAndNotWhatItCorrects) {
    check({{"mañana a las 11, no, mejor a las 12", "2026-10-22 12:00"},
           {"el jueves, digo, el viernes", "2026-10-23"},
           {"no puedo el jueves, mejor el viernes", "2026-10-23"},
           {"el viernes no puedo", ""},
           {"hoy no, mañana", "2026-10-22"},
           {"el jueves o el viernes", "several[2026-10-22,2026-10-23]"},
           {"a las 5 o a las 6", "several[17:00,18:00]"},
           {"el jueves a las 5 o el viernes a las 6", "several[2026-10-22T17:00,2026-10-23T18:00]"}});
}

TEST(When, LeavesOtherNumbersAlone) {
    check({{"para 2 personas", ""},
           {"tengo 30 años", ""},
           {"el corte de 15 euros", ""},
           {"mi teléfono es el 600 11 12 13", ""},
           {"¿tarda 40 minutos?", ""},
           {"hace 3 meses que no voy", ""},
           {"quiero una hora", ""},
           {"opción 2", ""},
           {"calle Mayor 12", ""},
           {"mechas y corte", ""},
           {"", ""}});
}

TEST(When, ReadsEverydayEnglish) {
    check({{"today", "2026-10-21"},
           {"tomorrow at 5pm", "2026-10-22 17:00"},
           {"monday 10am", "2026-10-26 10:00"},
           {"on Friday at 3", "2026-10-23 15:00"},
           {"next week", "2026-10-26..2026-11-01"},
           {"tomorrow morning", "2026-10-22 morning"},
           {"after 6", "18:00..24:00"},
           {"quarter past four", "16:15"},
           {"3rd of November", "2026-11-03"},
           {"the 5th of December at noon", "2026-12-05 12:00 midday"},
           {"this afternoon", "2026-10-21 afternoon"}});
}

TEST(When, KeepsTheLessLikelyReadingOfAnUnmarkedHour) {
    auto const now = *base::parse_local_time("2026-10-21T10:15");
    EXPECT_EQ(read_when("a las 6", now, "ES").other_time, base::TimeOfDay(360));
    EXPECT_EQ(read_when("a las 10", now, "ES").other_time, base::TimeOfDay(1320));
    EXPECT_EQ(read_when("a las 6 de la tarde", now, "ES").other_time, std::nullopt);
    EXPECT_EQ(read_when("a las 18", now, "ES").other_time, std::nullopt);
}

TEST(When, TellsWhichBytesItUnderstood) {
    auto const text = std::string_view("¿Hay hueco mañana a las 5?");
    auto const when = read_when(text, *base::parse_local_time("2026-10-21T10:15"), "ES");
    ASSERT_EQ(when.spans.size(), 2U);
    EXPECT_EQ(text.substr(when.spans[0].start, when.spans[0].end - when.spans[0].start), "mañana");
    EXPECT_EQ(text.substr(when.spans[1].start, when.spans[1].end - when.spans[1].start), "a las 5");
}

TEST(When, GivesTheMiddayOfTheCountry) {
    EXPECT_EQ(window_of(PartOfDay::midday, "ES").to, base::TimeOfDay(960));
    EXPECT_EQ(window_of(PartOfDay::midday, "MX").to, base::TimeOfDay(840));
    EXPECT_EQ(window_of(PartOfDay::any, "MX").to, base::TimeOfDay(1440));
}

/// Tokens of the grammar in any order, and bytes that are no text at all.
TEST(When, SurvivesAnyText) {
    constexpr std::array<std::string_view, 24> words = {
        "el ",        "mañana ",  "31 ",    "12/",    "a las ",       "y media ", "de ",   "viernes ",
        "que viene ", "o ",       "no ",    "menos ", "cuarto ",      "febrero ", "2099 ", ":",
        "pm ",        "en ocho ", "entre ", "y ",     "99999999999 ", "😀",       "\xff",  "primer "};
    auto random = std::mt19937(7);
    auto const now = *base::parse_local_time("2026-10-21T10:15");
    for (auto round = 0; round < 3000; ++round) {
        auto text = std::string();
        for (auto count = random() % 12; count > 0; --count)
            text += words.at(random() % words.size());
        for (auto const& span : read_when(text, now, "AR").spans) {
            EXPECT_LE(span.start, span.end) << text;
            EXPECT_LE(span.end, text.size()) << text;
        }
    }
    for (auto round = 0; round < 20; ++round) {
        auto text = std::string(10'000, ' ');
        for (auto& byte : text)
            byte = static_cast<char>(random());
        read_when(text, now, "MX");
    }
}

} // namespace
} // namespace language
