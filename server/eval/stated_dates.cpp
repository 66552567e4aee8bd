#include "eval/stated_dates.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace eval {
namespace {

using std::chrono::days;
using Names = std::map<std::string, unsigned, std::less<>>;

Names const& months() {
    static auto const names =
        Names{{"enero", 1},     {"ene", 1},        {"january", 1},    {"jan", 1},       {"febrero", 2},    {"feb", 2},
              {"february", 2},  {"marzo", 3},      {"mar", 3},        {"march", 3},     {"abril", 4},      {"abr", 4},
              {"april", 4},     {"apr", 4},        {"mayo", 5},       {"may", 5},       {"junio", 6},      {"jun", 6},
              {"june", 6},      {"julio", 7},      {"jul", 7},        {"july", 7},      {"agosto", 8},     {"ago", 8},
              {"august", 8},    {"aug", 8},        {"septiembre", 9}, {"setiembre", 9}, {"sept", 9},       {"sep", 9},
              {"september", 9}, {"octubre", 10},   {"oct", 10},       {"october", 10},  {"noviembre", 11}, {"nov", 11},
              {"november", 11}, {"diciembre", 12}, {"dic", 12},       {"december", 12}, {"dec", 12}};
    return names;
}

Names const& weekdays() {
    static auto const names =
        Names{{"lunes", 1},    {"lun", 1},    {"monday", 1},  {"mon", 1},       {"martes", 2}, {"mar", 2},
              {"tuesday", 2},  {"tue", 2},    {"tues", 2},    {"miercoles", 3}, {"mie", 3},    {"wednesday", 3},
              {"wed", 3},      {"jueves", 4}, {"jue", 4},     {"thursday", 4},  {"thu", 4},    {"thurs", 4},
              {"viernes", 5},  {"vie", 5},    {"friday", 5},  {"fri", 5},       {"sabado", 6}, {"sab", 6},
              {"saturday", 6}, {"sat", 6},    {"domingo", 7}, {"dom", 7},       {"sunday", 7}, {"sun", 7}};
    return names;
}

std::optional<unsigned> named(Names const& names, std::string_view word) {
    auto const found = names.find(word);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

template <std::size_t N>
bool is_one_of(Token const& token, std::array<std::string_view, N> const& words) {
    return std::ranges::find(words, token.text) != words.end();
}

std::optional<base::Date> valid(int year, unsigned month, int day) {
    auto const date =
        std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(static_cast<unsigned>(day));
    return date.ok() ? std::optional(base::Date(date)) : std::nullopt;
}

int year_of(base::Date date) { return int(std::chrono::year_month_day(date).year()); }

/// The such-named date nearest to today.
std::optional<base::Date> nearest(unsigned month, int day, base::Date today) {
    auto best = std::optional<base::Date>();
    for (auto year = year_of(today) - 1; year <= year_of(today) + 1; ++year) {
        auto const date = valid(year, month, day);
        if (date && (!best || std::chrono::abs(*date - today) < std::chrono::abs(*best - today))) best = date;
    }
    return best;
}

/// The next day of that number, today included; when a weekday is said too, one that fits both if there is one soon.
std::optional<base::Date> next_numbered(int day, std::optional<unsigned> weekday, base::Date today) {
    auto first = std::optional<base::Date>();
    for (auto date = today; date < today + days(70); date += days(1)) {
        if (static_cast<int>(unsigned(std::chrono::year_month_day(date).day())) != day) continue;
        if (!weekday || base::iso_weekday(date) == *weekday) return date;
        if (!first) first = date;
    }
    return first;
}

bool is_ordinal(Token const& token) {
    return is_one_of(token, std::to_array<std::string_view>({"st", "nd", "rd", "th", "o"})) && !token.spaced;
}
bool joins(Token const& token) {
    return is_one_of(token, std::to_array<std::string_view>({"de", "of", "d", "del", "/", "-", "."}));
}

struct Part {
    std::ptrdiff_t end = 0;
    std::optional<int> year = {};
};
/// " de 2026", ", 2026"
Part year_at(Tokens const& tokens, std::ptrdiff_t at) {
    auto next = at;
    while (joins(tokens.at(next)) || tokens.at(next).is(","))
        ++next;
    if (tokens.at(next).is_number(2000, 2100)) return {next + 1, tokens.at(next).value};
    return {at, {}};
}

std::optional<base::Date> dated(std::optional<int> year, unsigned month, int day, base::Date today) {
    return year ? valid(*year, month, day) : nearest(month, day, today);
}

/// "22 de octubre", "22nd of October 2026", "22 oct"
std::optional<StatedDate> day_then_month(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    if (!tokens.at(at).is_number(1, 31)) return std::nullopt;
    auto next = at + 1;
    if (is_ordinal(tokens.at(next))) ++next;
    if (tokens.at(next).is("de") || tokens.at(next).is("of") || tokens.at(next).is("-")) ++next;
    auto const month = named(months(), tokens.at(next).text);
    if (!month) return std::nullopt;
    auto const end = year_at(tokens, next + 1);
    auto const date = dated(end.year, *month, tokens.at(at).value, today);
    return date ? std::optional(StatedDate{*date, end.end - at}) : std::nullopt;
}

/// "October 22nd, 2026"
std::optional<StatedDate> month_then_day(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    auto const month = named(months(), tokens.at(at).text);
    if (!month || !tokens.at(at + 1).is_number(1, 31) || tokens.at(at + 2).is(":")) return std::nullopt;
    auto next = at + 2;
    if (is_ordinal(tokens.at(next))) ++next;
    auto const end = year_at(tokens, next);
    auto const date = dated(end.year, *month, tokens.at(at + 1).value, today);
    return date ? std::optional(StatedDate{*date, end.end - at}) : std::nullopt;
}

/// "2026-10-22"; "22/10", "22/10/2026"
std::optional<StatedDate> figures(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    auto const& first = tokens.at(at);
    auto const& second = tokens.at(at + 2);
    if (tokens.at(at + 1).is("-") && tokens.at(at + 3).is("-") && first.is_number(2000, 2100) &&
        second.is_number(1, 12)) {
        auto const date = valid(first.value, static_cast<unsigned>(second.value), tokens.at(at + 4).value);
        return date ? std::optional(StatedDate{*date, 5}) : std::nullopt;
    }
    if (!tokens.at(at + 1).is("/") || !first.is_number(1, 31) || !second.is_number(1, 12)) return std::nullopt;
    auto const has_year = tokens.at(at + 3).is("/") && tokens.at(at + 4).kind == Token::Kind::number;
    auto year = has_year ? std::optional(tokens.at(at + 4).value) : std::nullopt;
    if (year && *year < 100) year = *year + 2000;
    auto const date = dated(year, static_cast<unsigned>(second.value), first.value, today);
    return date ? std::optional(StatedDate{*date, has_year ? 5 : 3}) : std::nullopt;
}

/// A number that counts something else: "22:00", "22 h", "22 €", "22 min".
bool counts(Tokens const& tokens, std::ptrdiff_t number) {
    static constexpr auto units = std::to_array<std::string_view>(
        {":",  "h", "hs", "hrs",   "eur",   "%",     "$",     "min",      "minutos", "minutes", "am",
         "pm", "a", "p",  "horas", "hours", "pesos", "euros", "personas", "people",  ")"});
    auto const& next = tokens.at(number + 1);
    auto const is_decimal = (next.is(".") || next.is(",")) && tokens.at(number + 2).kind == Token::Kind::number &&
                            !tokens.at(number + 2).spaced;
    if (next.is("a") || next.is("p")) return tokens.at(number + 2).is(".") || tokens.at(number + 2).is("m");
    return is_one_of(next, units) || is_decimal;
}

std::optional<StatedDate> weekday_at(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    auto const weekday = named(weekdays(), tokens.at(at).text);
    if (!weekday) return std::nullopt;
    auto next = at + 1;
    while (tokens.at(next).is(",") || tokens.at(next).is(".") || tokens.at(next).is("dia") || tokens.at(next).is("the"))
        ++next;
    if (tokens.at(next).is("el") && tokens.at(next + 1).kind == Token::Kind::number) ++next;
    if (auto const full = day_then_month(tokens, next, today)) return StatedDate{full->date, next - at + full->length};
    if (auto const full = month_then_day(tokens, next, today)) return StatedDate{full->date, next - at + full->length};
    if (auto const full = figures(tokens, next, today)) return StatedDate{full->date, next - at + full->length};
    if (tokens.at(next).is_number(1, 31) && !counts(tokens, next)) {
        auto const date = next_numbered(tokens.at(next).value, weekday, today);
        auto const end = is_ordinal(tokens.at(next + 1)) ? next + 2 : next + 1;
        return date ? std::optional(StatedDate{*date, end - at}) : std::nullopt;
    }
    // "mar" and "sun" are more than weekdays; alone they have to stand after an article.
    auto const& before = tokens.at(at - 1);
    if (tokens.at(at).text.size() <= 3 && !before.is("el") && !before.is("este")) return std::nullopt;
    auto ahead = (static_cast<int>(*weekday) - static_cast<int>(base::iso_weekday(today)) + 7) % 7;
    return StatedDate{today + days(ahead == 0 ? 7 : ahead), 1};
}

/// "mañana" the day, not "por la mañana", "de la mañana", "mañana o tarde".
bool is_tomorrow(Tokens const& tokens, std::ptrdiff_t at) {
    if (is_one_of(tokens.at(at), std::to_array<std::string_view>({"tomorrow", "dema", "amanha"}))) return true;
    if (!tokens.at(at).is("manana")) return false;
    static constexpr auto part = std::to_array<std::string_view>({"la", "esta", "una", "media", "cada", "toda"});
    if (is_one_of(tokens.at(at - 1), part)) return false;
    auto const& next = tokens.at(at + 1);
    auto const alternative = next.is("o") || next.is("y") || next.is("/");
    auto const& other = tokens.at(at + 2);
    return !(alternative && (other.is("tarde") || other.is("noche") || tokens.at(at + 4).is("tarde")));
}

std::optional<StatedDate> relative(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    auto const& word = tokens.at(at);
    static constexpr auto now = std::to_array<std::string_view>({"hoy", "today", "tonight", "avui", "hoje"});
    if (is_one_of(word, now)) return StatedDate{today, 1};
    auto const& next = tokens.at(at + 1);
    if (word.is("esta") && (next.is("manana") || next.is("tarde") || next.is("noche"))) return StatedDate{today, 2};
    if (word.is("this") && (next.is("morning") || next.is("afternoon") || next.is("evening")))
        return StatedDate{today, 2};
    if (word.is("pasado") && next.is("manana")) return StatedDate{today + days(2), 2};
    if (word.is("day") && next.is("after") && tokens.at(at + 2).is("tomorrow")) return StatedDate{today + days(2), 3};
    if (is_tomorrow(tokens, at)) return StatedDate{today + days(1), 1};
    return std::nullopt;
}

/// "el 22", "día 22", "the 22nd"
std::optional<StatedDate> numbered(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    auto const& word = tokens.at(at);
    if (!word.is("el") && !word.is("dia") && !word.is("the") && !word.is("del")) return std::nullopt;
    if (!tokens.at(at + 1).is_number(1, 31) || counts(tokens, at + 1)) return std::nullopt;
    if (auto const full = day_then_month(tokens, at + 1, today)) return StatedDate{full->date, full->length + 1};
    if (auto const full = figures(tokens, at + 1, today)) return StatedDate{full->date, full->length + 1};
    auto const has_ordinal = is_ordinal(tokens.at(at + 2));
    if (word.is("the") && !has_ordinal) return std::nullopt;
    auto const date = next_numbered(tokens.at(at + 1).value, {}, today);
    return date ? std::optional(StatedDate{*date, has_ordinal ? 3 : 2}) : std::nullopt;
}

} // namespace

std::optional<StatedDate> date_at(Tokens const& tokens, std::ptrdiff_t at, base::Date today) {
    if (auto found = relative(tokens, at, today)) return found;
    if (auto found = weekday_at(tokens, at, today)) return found;
    if (auto found = numbered(tokens, at, today)) return found;
    if (auto found = day_then_month(tokens, at, today)) return found;
    if (auto found = month_then_day(tokens, at, today)) return found;
    return figures(tokens, at, today);
}

} // namespace eval
