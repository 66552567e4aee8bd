#include "language/when_days.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "language/calendar_names.hpp"

namespace language {

namespace {

using base::Date;
using std::chrono::days;
using Code = Ambiguity::Code;
using Phrases = std::span<std::string_view const>;
using Named = std::pair<std::string_view, unsigned>;

constexpr auto next_phrases =
    std::to_array<std::string_view>({"que viene", "proximo", "proxima", "siguiente", "entrante"});
constexpr auto before_next = std::to_array<std::string_view>({"proximo", "proxima", "siguiente", "next"});
constexpr auto next_week = std::to_array<std::string_view>(
    {"la semana que viene", "semana que viene", "la proxima semana", "proxima semana", "la semana proxima",
     "la otra semana", "la semana siguiente", "la siguiente semana", "la semana entrante", "next week"});
constexpr auto this_week = std::to_array<std::string_view>({"esta semana", "esta misma semana", "this week"});
constexpr auto next_month = std::to_array<std::string_view>(
    {"el mes que viene", "mes que viene", "el proximo mes", "proximo mes", "next month"});
constexpr auto weekend = std::to_array<std::string_view>({"fin de semana", "finde", "weekend"});
constexpr auto hour_marks = std::to_array<std::string_view>(
    {":",           "h",       "hs",           "hrs",      "hr",       "horas",  "am",    "pm",           "a m",
     "p m",         "a . m",   "p . m",        "y media",  "y cuarto", "y pico", "menos", "de la manana", "de la tarde",
     "de la noche", "del dia", "del mediodia", "en punto", ". 00",     ". 30",   ". 15",  ". 45"});
constexpr auto units = std::to_array<std::string_view>(
    {"personas", "persona", "anos",  "euros", "€",     "eur", "pesos", "minutos", "min",    "mins",  "%",
     "dias",     "semanas", "meses", "veces", "lucas", "usd", "$",     "mil",     "anitos", "hijos", "ninos"});
struct NamedDay {
    std::string_view name;
    unsigned month;
    unsigned day;
};
constexpr auto named_days = std::to_array<NamedDay>({{"nochebuena", 12, 24},
                                                     {"navidad", 12, 25},
                                                     {"nochevieja", 12, 31},
                                                     {"fin de ano", 12, 31},
                                                     {"ano nuevo", 1, 1},
                                                     {"dia de reyes", 1, 6},
                                                     {"reyes", 1, 6},
                                                     {"san valentin", 2, 14},
                                                     {"halloween", 10, 31},
                                                     {"todos los santos", 11, 1},
                                                     {"dia de muertos", 11, 2},
                                                     {"christmas eve", 12, 24},
                                                     {"christmas", 12, 25}});

DayMention on(Date date) { return {.date = date, .date_to = {}, .doubt = {}, .options = {}}; }
DayMention from_to(Date first, Date last) { return {.date = first, .date_to = last, .doubt = {}, .options = {}}; }
DayMention doubtful(Code code, std::vector<Date> options) {
    std::ranges::sort(options);
    return {.date = {}, .date_to = {}, .doubt = code, .options = std::move(options)};
}
DayMention either(Date first, Date second) { return doubtful(Code::which_week, {first, second}); }

std::chrono::year_month month_of(Date day) {
    auto const date = std::chrono::year_month_day(day);
    return date.year() / date.month();
}
Date first_of(std::chrono::year_month month) { return Date(month / 1); }
Date last_of(std::chrono::year_month month) { return Date(month / std::chrono::last); }
/// The next such month, this one included.
std::chrono::year_month coming(unsigned month, Date today) {
    auto const now = month_of(today);
    auto const same_year = now.year() / std::chrono::month(month);
    return same_year < now ? same_year + std::chrono::years(1) : same_year;
}

/// The next day of that number, today included, in a month that has it.
Date coming_day(unsigned number, Date today) {
    auto month = month_of(today);
    while (!(month / std::chrono::day(number)).ok() || Date(month / std::chrono::day(number)) < today) {
        month += std::chrono::months(1);
    }
    return Date(month / std::chrono::day(number));
}

/// The next such date, today included; nothing when no year has it.
std::optional<Date> coming_date(unsigned month, unsigned day, Date today) {
    auto const year = std::chrono::year_month_day(today).year();
    for (auto later = 0; later <= 8; ++later) {
        auto const date = (year + std::chrono::years(later)) / std::chrono::month(month) / std::chrono::day(day);
        if (date.ok() && Date(date) >= today) return Date(date);
    }
    return std::nullopt;
}

bool is_before_unit(Cursor at) { return at.take_any(units); }
bool is_before_hour_mark(Cursor at) { return at.take_any(hour_marks); }

DayMention date_or_invalid(std::optional<Date> date) { return date ? on(*date) : doubtful(Code::invalid_date, {}); }

std::optional<int> take_year(Cursor& at) {
    if (auto const year = at.take_figures(2020, 2100)) return year;
    auto const digits = at.peek().text.size();
    auto const short_year = digits == 2 ? at.take_figures(20, 99) : std::nullopt;
    return short_year ? std::optional(2000 + *short_year) : std::nullopt;
}

DayMention dated(unsigned day, unsigned month, std::optional<int> year, Date today) {
    if (!year) return date_or_invalid(coming_date(month, day, today));
    auto const date = std::chrono::year(*year) / std::chrono::month(month) / std::chrono::day(day);
    return date_or_invalid(date.ok() ? std::optional<Date>(date) : std::nullopt);
}

/// "3/11", "05-11-2026", "7/1/27"
std::optional<DayMention> read_slashed(Cursor& at, Date today) {
    auto const day = at.take_figures(1, 99);
    if (!day || !at.is_glued()) return std::nullopt;
    auto const sign = std::string_view(at.peek().text);
    if ((sign != "/" && sign != "-" && sign != ".") || !at.take(sign)) return std::nullopt;
    auto const month = at.take_figures(1, sign == "/" ? 99 : 12);
    if (!month) return std::nullopt;
    auto year = std::optional<int>();
    if (at.is_glued() && at.take(sign)) year = take_year(at);
    if (!year && sign != "/") return std::nullopt; // "10-12" and "5.30" are hours
    if (*month > 12 || *day > 31) return doubtful(Code::invalid_date, {});
    return dated(static_cast<unsigned>(*day), static_cast<unsigned>(*month), year, today);
}

std::optional<DayMention> read_iso(Cursor& at, Date) {
    auto const year = at.take_figures(2020, 2100);
    if (!year || !at.take("-")) return std::nullopt;
    auto const month = at.take_figures(1, 12);
    if (!month || !at.take("-")) return std::nullopt;
    auto const day = at.take_figures(1, 31);
    if (!day) return std::nullopt;
    return dated(static_cast<unsigned>(*day), static_cast<unsigned>(*month), *year, base::make_date(*year, 1, 1));
}

std::optional<unsigned> take_month(Cursor& at) {
    auto const month = month_named(at.peek());
    if (month == 0) return std::nullopt;
    at.skip();
    return month;
}

std::optional<int> take_said_year(Cursor& at) {
    return attempt(at, [](Cursor& here) {
        if (!here.take("de") && !here.take("del") && !here.take(",")) return here.take_figures(2020, 2100);
        return here.take_figures(2020, 2100);
    });
}

void take_ordinal_ending(Cursor& at) {
    constexpr auto endings = std::to_array<std::string_view>({"º", "°", "ª", "st", "nd", "rd", "th", "ro", "er"});
    if (at.is_glued()) at.take_any(endings);
}

std::optional<unsigned> take_day_number(Cursor& at) {
    if (at.take("primero")) return 1;
    auto const day = at.take_number(1, 31);
    if (!day) return std::nullopt;
    take_ordinal_ending(at);
    return static_cast<unsigned>(*day);
}

/// "5 de noviembre (de 2026)", "primero de noviembre", "November 5", "the 5th of November", "3 del mes que viene"
std::optional<DayMention> read_day_and_month(Cursor& at, Date today) {
    if (auto const month = take_month(at)) {
        at.take("the");
        auto const day = take_day_number(at);
        return day && !is_before_hour_mark(at) ? std::optional(dated(*day, *month, take_said_year(at), today))
                                               : std::nullopt;
    }
    auto const day = take_day_number(at);
    if (!day) return std::nullopt;
    auto const has_of = at.take("de") || at.take("of") || at.take("del");
    if (has_of && at.take_any(next_month)) {
        auto const month = month_of(today) + std::chrono::months(1);
        return dated(*day, static_cast<unsigned>(month.month()), static_cast<int>(month.year()), today);
    }
    auto const month = take_month(at);
    if (!month) return std::nullopt;
    return dated(*day, *month, take_said_year(at), today);
}

/// "el 3", "el día 3", "on the 30th"
std::optional<DayMention> read_number(Cursor& at, Date today) {
    auto const has_article = at.take("el") || at.take("al") || at.take("del") || at.take("the");
    auto const has_day = at.take("dia");
    if (!has_article && !has_day) return std::nullopt;
    auto const number = at.take_figures(1, 31);
    auto const is_part_of_more = at.is_glued() && (at.peek().is("/") || (at.peek().is(".") && at.peek(1).is_number()));
    if (!number || is_part_of_more) return std::nullopt;
    take_ordinal_ending(at);
    if (at.peek().is_number() || is_before_unit(at) || is_before_hour_mark(at)) return std::nullopt;
    return on(coming_day(static_cast<unsigned>(*number), today));
}

/// A weekday and a number must agree; the name may be meant, or the number.
DayMention agree(DayMention const& dated_day, unsigned weekday, Date today) {
    if (!dated_day.date || base::iso_weekday(*dated_day.date) == weekday) return dated_day;
    auto const after = next_weekday(*dated_day.date, weekday);
    auto const before = after - days(7);
    auto const nearest = *dated_day.date - before < after - *dated_day.date && before >= today ? before : after;
    return doubtful(Code::weekday_date_mismatch, {*dated_day.date, nearest});
}

std::optional<DayMention> read_number_after_weekday(Cursor& at, Date today) {
    at.take(",");
    if (auto const found = attempt(at, [&](Cursor& here) { return read_slashed(here, today); })) return found;
    at.take("dia");
    at.take("el");
    if (auto const found = attempt(at, [&](Cursor& here) { return read_day_and_month(here, today); })) return found;
    auto const number = at.take_figures(1, 31);
    if (!number || is_before_hour_mark(at) || is_before_unit(at) || at.is_glued()) return std::nullopt;
    return on(coming_day(static_cast<unsigned>(*number), today));
}

DayMention said_next(Date next, Date today) {
    return next <= monday_of(today) + days(6) ? either(next, next + days(7)) : on(next);
}

/// What follows a weekday and decides its week.
std::optional<DayMention> read_week_of(Cursor& at, unsigned weekday, Date today) {
    auto const next = next_weekday(today, weekday);
    auto const in_week = [&](Date monday) { return on(monday + days(weekday - 1)); };
    if (at.take("en ocho")) return on(next + days(7));
    if (at.take("en quince")) return on(next + days(14));
    if (at.take("pasado")) return on(next_weekday(today - days(8), weekday));
    if (at.take("subsiguiente")) return on(next + days(7));
    if (at.take_any(next_phrases)) return said_next(next, today);
    if (!at.take("de") && !at.take("of")) return std::nullopt;
    if (at.take_any(next_week)) return in_week(monday_of(today) + days(7));
    if (at.take_any(this_week)) return in_week(monday_of(today));
    return std::nullopt;
}

std::optional<DayMention> read_weekday(Cursor& at, Date today) {
    constexpr auto articles = std::to_array<std::string_view>({"el dia", "el", "al", "del", "on", "the", "los"});
    at.take_any(articles);
    auto const is_this = at.take("este") || at.take("this") || at.take("mismo");
    auto const is_other = !is_this && at.take("otro");
    auto const is_next = !is_this && at.take_any(before_next);
    auto const weekday = weekday_named(at.peek());
    if (weekday == 0) return std::nullopt;
    at.skip();
    auto const next = next_weekday(today, weekday);
    auto const number = attempt(at, [&](Cursor& here) { return read_number_after_weekday(here, today); });
    if (number) return agree(*number, weekday, today);
    if (is_next) return said_next(next, today);
    if (is_other) return either(next, next + days(7));
    if (is_this) return on(base::iso_weekday(today) == weekday ? today : next);
    auto const week = attempt(at, [&](Cursor& here) { return read_week_of(here, weekday, today); });
    if (week) return week;
    auto mention = base::iso_weekday(today) == weekday ? either(today, next) : on(next);
    mention.bare_weekday = weekday;
    return mention;
}

/// A number of days, weeks or months; "ocho días" is a week, "quince días" two.
std::optional<Date> take_distance(Cursor& at, Date today) {
    auto const amount = at.take("un par de") || at.take("a couple of") ? std::optional(2)
                        : at.take("a")                                 ? std::optional(1)
                                                                       : at.take_number(1, 365);
    if (!amount) return std::nullopt;
    if (at.take("dias") || at.take("dia") || at.take("days") || at.take("day")) {
        return today + days(*amount == 8 ? 7 : *amount == 15 ? 14 : *amount);
    }
    if (at.take("semanas") || at.take("semana") || at.take("weeks") || at.take("week"))
        return today + days(7 * *amount);
    if (!at.take("mes") && !at.take("meses") && !at.take("months") && !at.take("month")) return std::nullopt;
    auto const month = month_of(today) + std::chrono::months(*amount);
    return std::min(first_of(month) + (today - first_of(month_of(today))), last_of(month));
}

std::optional<DayMention> read_distance(Cursor& at, Date today) {
    constexpr auto openings = std::to_array<std::string_view>({"en", "dentro de", "de aqui a", "in"});
    if (!at.take_any(openings)) return std::nullopt;
    auto const date = take_distance(at, today);
    return date ? std::optional(on(*date)) : std::nullopt;
}

std::optional<int> take_relative_day(Cursor& at) {
    constexpr auto offsets = std::to_array<std::pair<std::string_view, int>>({{"hoy", 0},
                                                                              {"today", 0},
                                                                              {"the day after tomorrow", 2},
                                                                              {"day after tomorrow", 2},
                                                                              {"pasado manana", 2},
                                                                              {"manana", 1},
                                                                              {"tomorrow", 1},
                                                                              {"pasado", 2},
                                                                              {"anteayer", -2},
                                                                              {"antier", -2},
                                                                              {"antes de ayer", -2},
                                                                              {"ayer", -1},
                                                                              {"yesterday", -1}});
    for (auto const& [phrase, offset] : offsets) {
        if (at.take(phrase)) return offset;
    }
    return std::nullopt;
}

std::optional<DayMention> read_relative(Cursor& at, Date today) {
    auto const is_part_of_day = at.peek().is("manana") && at.peek(-1).is("la");
    if (is_part_of_day) return std::nullopt;
    constexpr auto openings = std::to_array<std::string_view>({"de", "para"});
    at.take_any(openings);
    auto const offset = take_relative_day(at);
    if (!offset) return std::nullopt;
    auto mention = on(today + days(*offset));
    mention.is_relative = true;
    if (at.take("en ocho")) *mention.date += days(7);
    if (at.take("en quince")) *mention.date += days(14);
    return mention;
}

/// The days of a week or weekend.
std::optional<DayMention> read_week(Cursor& at, Date today) {
    auto const monday = monday_of(today);
    auto week = std::optional<DayMention>();
    if (at.take_any(this_week))
        week = from_to(today, monday + days(6));
    else if (at.take_any(next_week))
        week = from_to(monday + days(7), monday + days(13));
    else if (at.take("la semana del")) {
        auto const number = at.take_figures(1, 31);
        if (!number) return std::nullopt;
        auto const first = monday_of(coming_day(static_cast<unsigned>(*number), today));
        week = from_to(first, first + days(6));
    }
    if (week) week->is_week = true;
    return week;
}

std::optional<DayMention> read_weekend(Cursor& at, Date today) {
    constexpr auto articles = std::to_array<std::string_view>({"este", "el", "this", "the"});
    at.take_any(articles);
    auto const is_next = at.take_any(before_next);
    if (!at.take_any(weekend)) return std::nullopt;
    auto const saturday = monday_of(today) + days(5);
    if (is_next || at.take_any(next_phrases)) return either(saturday, saturday + days(7));
    return from_to(std::max(saturday, today), saturday + days(1));
}

/// A month named, this or the next; nothing when none is named.
std::optional<std::chrono::year_month> take_which_month(Cursor& at, Date today) {
    if (at.take_any(next_month)) return month_of(today) + std::chrono::months(1);
    if (at.take("este mes") || at.take("this month") || at.take("mes")) return month_of(today);
    auto const month = take_month(at);
    return month ? std::optional(coming(*month, today)) : std::nullopt;
}

/// "a fin de mes", "a principios de noviembre", "este mes", "en noviembre"
std::optional<DayMention> read_month(Cursor& at, Date today) {
    constexpr auto ends = std::to_array<std::string_view>({"fin de", "fines de", "finales de"});
    if (at.take("en") || at.take("in") || at.peek().is("este") || at.peek().is("el") || at.peek().is("next")) {
        auto const month = take_which_month(at, today);
        return month ? std::optional(from_to(std::max(first_of(*month), today), last_of(*month))) : std::nullopt;
    }
    at.take("a");
    auto const is_start = at.take("principios de");
    auto const is_middle = !is_start && at.take("mediados de");
    auto const is_end = !is_start && !is_middle && at.take_any(ends);
    if (!is_start && !is_middle && !is_end) return std::nullopt;
    auto month = take_which_month(at, today);
    if (!month) return std::nullopt;
    auto const part = [&] {
        auto const first = first_of(*month);
        return is_start    ? from_to(first, first + days(9))
               : is_middle ? from_to(first + days(10), first + days(19))
                           : from_to(first + days(24), last_of(*month));
    };
    if (*part().date_to < today) *month += std::chrono::months(1);
    auto mention = part();
    mention.date = std::max(*mention.date, today);
    return mention;
}

/// "la próxima quincena" as a day: the next 15th or last day of a month.
std::optional<DayMention> read_fortnight(Cursor& at, Date today) {
    at.take("la");
    at.take("proxima");
    if (!at.take("quincena")) return std::nullopt;
    auto const middle = first_of(month_of(today)) + days(14);
    return on(middle >= today ? middle : last_of(month_of(today)));
}

/// "el último viernes de noviembre", "el primer lunes de diciembre"
std::optional<DayMention> read_nth_weekday(Cursor& at, Date today) {
    constexpr auto ordinals = std::to_array<Named>({{"primer", 1},
                                                    {"primero", 1},
                                                    {"segundo", 2},
                                                    {"tercer", 3},
                                                    {"tercero", 3},
                                                    {"cuarto", 4},
                                                    {"ultimo", 5},
                                                    {"first", 1},
                                                    {"second", 2},
                                                    {"third", 3},
                                                    {"last", 5}});
    if (!at.take("el")) at.take("the");
    auto const ordinal = std::ranges::find(ordinals, at.peek().text, &Named::first);
    if (ordinal == ordinals.end()) return std::nullopt;
    at.skip();
    auto const weekday = weekday_named(at.peek());
    auto const is_any_day = at.peek().is("dia") && ordinal->second == 5;
    if (weekday == 0 && !is_any_day) return std::nullopt;
    at.skip();
    if (!at.take("de") && !at.take("del") && !at.take("of")) return std::nullopt;
    auto const month = take_which_month(at, today);
    if (!month) return std::nullopt;
    if (is_any_day) return on(last_of(*month));
    if (ordinal->second == 5) return on(next_weekday(last_of(*month) - days(7), weekday));
    return on(next_weekday(first_of(*month) - days(1), weekday) + days(7 * (ordinal->second - 1)));
}

std::optional<DayMention> read_named(Cursor& at, Date today) {
    for (auto const& named : named_days) {
        if (!at.take(named.name)) continue;
        return date_or_invalid(coming_date(named.month, named.day, today));
    }
    return std::nullopt;
}

using Rule = std::optional<DayMention> (*)(Cursor&, Date);
constexpr auto single_days = std::to_array<Rule>({read_iso, read_slashed, read_nth_weekday, read_weekday,
                                                  read_day_and_month, read_number, read_relative, read_distance});
constexpr auto stretches = std::to_array<Rule>({read_week, read_weekend, read_month, read_fortnight, read_named});

std::optional<DayMention> first_of_rules(Cursor& at, Date today, std::span<Rule const> rules) {
    for (auto const rule : rules) {
        if (auto found = attempt(at, [&](Cursor& here) { return rule(here, today); })) return found;
    }
    return std::nullopt;
}

/// "5 de noviembre" may have its article: "el 5 de noviembre".
std::optional<DayMention> read_single(Cursor& at, Date today) {
    constexpr auto articles = std::to_array<std::string_view>({"el dia", "el", "the", "on the", "on"});
    auto const with_article = [&](Cursor& here) {
        return here.take_any(articles) ? read_day_and_month(here, today) : std::nullopt;
    };
    if (auto found = attempt(at, with_article)) return found;
    return first_of_rules(at, today, single_days);
}

/// "de lunes a miércoles", "entre el 3 y el 6", "del 3 al 6"
std::optional<DayMention> read_stretch(Cursor& at, Date today) {
    constexpr auto openings = std::to_array<std::string_view>({"de", "desde", "entre", "from", "between"});
    constexpr auto joints = std::to_array<std::string_view>({"al", "a", "hasta", "y", "to", "and"});
    if (!at.peek().is("del") && !at.take_any(openings)) return std::nullopt;
    auto first = read_single(at, today);
    if (!first) return std::nullopt;
    if (!at.peek().is("al") && !at.take_any(joints)) return std::nullopt;
    auto const start = first->date.value_or(today);
    auto const last = read_single(at, start);
    if (!last) return std::nullopt;
    auto const end = last->date ? *last->date : last->options.empty() ? start : last->options.back();
    return end > start ? std::optional(from_to(start, end)) : std::nullopt;
}

} // namespace

std::optional<DayMention> read_day(Cursor& at, Date today) {
    if (auto found = attempt(at, [&](Cursor& here) { return read_stretch(here, today); })) return found;
    if (auto found = first_of_rules(at, today, stretches)) return found;
    return read_single(at, today);
}

Date next_weekday(Date day, unsigned weekday) {
    auto const ahead = (weekday + 7 - base::iso_weekday(day)) % 7;
    return day + days(ahead == 0 ? 7 : ahead);
}

Date monday_of(Date day) { return day - days(base::iso_weekday(day) - 1); }

} // namespace language
