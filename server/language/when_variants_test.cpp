// Phrases made by rule, each weekday, hour and number in each frame, with expectations counted here: by a day number of
// its own and none of the code that reads.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "language/described_test.hpp"

namespace language {
namespace {

/// Days since 1 March of the year 0, by the well-known count; 1 March 2000 was a Wednesday.
int day_number(int year, int month, int day) {
    auto const y = month < 3 ? year - 1 : year;
    auto const m = (month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1;
}
int weekday_of(int number) { return (number - day_number(2000, 3, 1) + 2) % 7; } // 0 = Monday

constexpr std::array month_lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
int month_length(int year, int month) {
    auto const is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month_lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap ? 1 : 0);
}

struct Day {
    int year, month, day;
    int number() const { return day_number(year, month, day); }
    Day plus(int days) const {
        auto result = *this;
        for (result.day += days; result.day > month_length(result.year, result.month);) {
            result.day -= month_length(result.year, result.month);
            if (++result.month > 12) {
                result.month = 1;
                ++result.year;
            }
        }
        return result;
    }
};

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }
std::string text_of(Day day) { return std::to_string(day.year) + "-" + two(day.month) + "-" + two(day.day); }
std::string clock(int minutes) { return two(minutes / 60) + ":" + two(minutes % 60); }

constexpr std::array weekdays = {"lunes", "martes", "miercoles", "jueves", "viernes", "sábado", "domingo"};
constexpr std::array short_weekdays = {"lun", "mar", "mié", "jue", "vie", "sab", "dom"};
constexpr std::array months = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                               "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr std::array numbers = {"cero",  "una",  "dos",   "tres", "cuatro", "cinco", "seis",
                                "siete", "ocho", "nueve", "diez", "once",   "doce"};
/// A Wednesday, a Sunday, a Monday at the end of the year, a leap day's eve.
constexpr std::array<Day, 4> todays = {{{2026, 10, 21}, {2026, 12, 6}, {2027, 12, 27}, {2028, 2, 28}}};

class Judge {
public:
    void expect(Day today, std::string const& text, std::string const& expected) {
        auto const now = *base::parse_local_time(text_of(today) + "T10:15");
        auto const got = described(read_when(text, now, countries_[count_ % countries_.size()]));
        ++count_;
        if (got != expected) misses_ += text_of(today) + " " + text + ": " + got + " instead of " + expected + "\n";
        if (got != expected) ++wrong_;
    }
    ~Judge() {
        EXPECT_GT(count_, 100);
        EXPECT_EQ(wrong_, 0U) << misses_;
    }

private:
    std::array<std::string_view, 5> countries_ = {"ES", "MX", "CO", "AR", "CL"};
    std::size_t count_ = 0;
    std::size_t wrong_ = 0;
    std::string misses_;
};

int days_until(Day today, int weekday) {
    auto const ahead = (weekday - weekday_of(today.number()) + 7) % 7;
    return ahead == 0 ? 7 : ahead;
}
bool is_this_week(Day today, int ahead) { return weekday_of(today.number()) + ahead < 7; }

std::string which_week(Day first) { return "which_week[" + text_of(first) + "," + text_of(first.plus(7)) + "]"; }

TEST(WhenVariants, OfWeekdays) {
    auto judge = Judge();
    for (auto const today : todays) {
        for (auto weekday = 0; weekday < 7; ++weekday) {
            auto const name = std::string(weekdays.at(static_cast<std::size_t>(weekday)));
            auto const brief = std::string(short_weekdays.at(static_cast<std::size_t>(weekday)));
            auto const ahead = days_until(today, weekday);
            auto const next = today.plus(ahead);
            auto const is_today = ahead == 7;
            auto const bare = is_today ? which_week(today) : text_of(next);
            auto const to_monday = 7 - weekday_of(today.number());
            auto const said_next = is_this_week(today, ahead) ? which_week(next) : text_of(next);
            judge.expect(today, "el " + name, bare);
            judge.expect(today, "tenés algo el " + brief + " x la tarde?",
                         is_today ? "afternoon " + bare : bare + " afternoon");
            judge.expect(today, "este " + name, is_today ? text_of(today) : text_of(next));
            judge.expect(today, "el " + name + " que viene", said_next);
            judge.expect(today, "el próximo " + name, said_next);
            judge.expect(today, "el otro " + name, which_week(next));
            judge.expect(today, "el " + name + " en ocho", text_of(next.plus(7)));
            judge.expect(today, "el " + name + " subsiguiente", text_of(next.plus(7)));
            judge.expect(today, "el " + name + " que viene no, el siguiente", text_of(next.plus(7)));
            judge.expect(today, "la otra semana el " + name, text_of(today.plus(to_monday + weekday)));
            judge.expect(today, "el " + name + " de la semana que viene", text_of(today.plus(to_monday + weekday)));
            judge.expect(today, "el " + name + " " + std::to_string(next.day) + " a las 17:00",
                         text_of(next) + " 17:00");
        }
    }
}

/// The rule of the 12-hour clock: minutes as said, and what an unmarked hour means.
std::string unmarked(int minutes) {
    if (minutes >= 720) return clock(minutes);
    if (minutes >= 480 && minutes < 540) return "am_pm[" + clock(minutes) + "," + clock(minutes + 720) + "]";
    return clock(minutes < 480 ? minutes + 720 : minutes);
}

TEST(WhenVariants, OfHours) {
    auto judge = Judge();
    auto const today = todays[0];
    for (auto hour = 1; hour <= 12; ++hour) {
        auto const figure = std::to_string(hour);
        auto const word = std::string(numbers.at(static_cast<std::size_t>(hour)));
        auto const at = std::string(hour == 1 ? "a la " : "a las ");
        auto const in_the_morning = hour % 12 == 0 ? 0 : hour * 60;
        auto const in_the_afternoon = hour == 12 ? 720 : (hour + 12) * 60;
        for (auto const& said : {figure, word}) {
            judge.expect(today, at + said, unmarked(hour * 60));
            judge.expect(today, "corte " + at + said + " y media porfa", unmarked(hour * 60 + 30));
            judge.expect(today, at + said + " y cuarto", unmarked(hour * 60 + 15));
            judge.expect(today, at + said + " y veinte", unmarked(hour * 60 + 20));
            judge.expect(today, at + said + " menos cuarto", unmarked((hour == 1 ? 13 : hour) * 60 - 15));
            judge.expect(today, at + said + " menos diez", unmarked((hour == 1 ? 13 : hour) * 60 - 10));
            judge.expect(today, "un cuarto para " + std::string(hour == 1 ? "la " : "las ") + said,
                         unmarked((hour == 1 ? 13 : hour) * 60 - 15));
            judge.expect(today, at + said + " en punto", unmarked(hour * 60));
        }
        judge.expect(today, figure + "am", clock(in_the_morning));
        judge.expect(today, figure + " p. m.", clock(in_the_afternoon));
        judge.expect(today, figure + ":30 pm", clock(in_the_afternoon + 30));
        judge.expect(today, figure + "30 pm", clock(in_the_afternoon + 30));
        judge.expect(today, "tipo " + figure, unmarked(hour * 60));
        judge.expect(today, "como " + at + figure, unmarked(hour * 60));
        judge.expect(today, figure + " hs", unmarked(hour * 60));
        if (hour < 12) judge.expect(today, at + figure + " de la tarde", clock(in_the_afternoon));
        if (hour < 8) judge.expect(today, "después de las " + figure, clock(in_the_afternoon) + "..24:00");
    }
}

TEST(WhenVariants, OfTheTwentyFourHourClock) {
    auto judge = Judge();
    for (auto hour = 13; hour < 24; ++hour) {
        for (auto const minutes : {0, 15, 30, 45}) {
            auto const time = clock(hour * 60 + minutes);
            auto const dotted = std::to_string(hour) + "." + two(minutes);
            auto const tomorrow = text_of(todays[1].plus(1)) + " " + time;
            judge.expect(todays[1], "mañana a las " + time, tomorrow);
            judge.expect(todays[1], "mañana " + dotted + "h", tomorrow);
            judge.expect(todays[1], "mñn tipo " + dotted + " hs", tomorrow);
            judge.expect(todays[1], "mañana " + std::to_string(hour) + "h" + two(minutes), tomorrow);
            judge.expect(todays[1], "mañana antes de las " + time, text_of(todays[1].plus(1)) + " 00:00.." + time);
        }
    }
}

TEST(WhenVariants, OfStretchesOfHours) {
    auto judge = Judge();
    auto const table = [](int hour) { return hour < 8 ? hour * 60 + 720 : hour * 60; };
    for (auto from = 1; from <= 12; ++from) {
        for (auto to = 1; to <= 12; ++to) {
            auto const start = table(from);
            auto end = to * 60;
            while (end <= start)
                end += 720;
            if (end > 1440 || (to == 12 && start < 720 && end != 720)) continue;
            auto const expected = clock(start) + ".." + clock(end);
            if (from == to) continue;
            judge.expect(todays[0], "de " + std::to_string(from) + " a " + std::to_string(to), expected);
            judge.expect(todays[0], "puedo entre las " + std::to_string(from) + " y las " + std::to_string(to),
                         expected);
        }
    }
}

TEST(WhenVariants, OfDates) {
    auto judge = Judge();
    for (auto const today : todays) {
        for (auto ahead = 1; ahead < 200; ahead += 3) {
            auto const day = today.plus(ahead);
            auto const name = std::string(months.at(static_cast<std::size_t>(day.month - 1)));
            judge.expect(today, "el " + std::to_string(day.day) + " de " + name, text_of(day));
            judge.expect(today, "cita " + std::to_string(day.day) + " " + name.substr(0, 3) + " a las 10:30",
                         text_of(day) + " 10:30");
            judge.expect(today, std::to_string(day.day) + "/" + std::to_string(day.month) + " 17hs",
                         text_of(day) + " 17:00");
            judge.expect(today, two(day.day) + "-" + two(day.month) + "-" + std::to_string(day.year), text_of(day));
            judge.expect(today, "en " + std::to_string(ahead + 15) + " días", text_of(today.plus(ahead + 15)));
            if (ahead < 28) judge.expect(today, "el día " + std::to_string(day.day), text_of(day));
            if (ahead < 28)
                judge.expect(today, "el " + std::to_string(day.day) + " por la mañana", text_of(day) + " morning");
        }
    }
}

} // namespace
} // namespace language
