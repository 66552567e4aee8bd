#include <array>

#include "language/calendar.hpp"
#include "language/day_mentions.hpp"
#include "language/feasts.hpp"

namespace language {

namespace {

using base::Date;
using Code = Ambiguity::Code;

constexpr int first_year = 2020;
constexpr int last_year = 2100;

std::optional<int> take_year(Reading& at) {
    if (auto const year = at.take_figures(first_year, last_year)) return year;
    auto const is_short = at.peek().digits == 2;
    auto const year = is_short ? at.take_figures(20, 99) : std::nullopt;
    return year ? std::optional(2000 + *year) : std::nullopt;
}

DayMention dated(unsigned day, unsigned month, std::optional<int> year, Date today) {
    auto mention = date_or_invalid(year ? date_in(std::chrono::year(*year) / std::chrono::month(month), day)
                                        : coming_date(month, day, today));
    if (mention.date) mention.month = month_of(*mention.date);
    return mention;
}

constexpr auto iso_cases =
    std::to_array<Case>({{"2026-11-03", "2026-11-03"}, {"2026-11-05 17:30", "2026-11-05 17:30"}});
std::optional<DayMention> read_iso(Reading& at, Context const&) {
    auto const year = at.take_figures(first_year, last_year);
    if (!year || (!at.take_sign('-') && !at.take_sign('/'))) return std::nullopt;
    auto const month = at.take_figures(1, 12);
    if (!month || (!at.take_sign('-') && !at.take_sign('/'))) return std::nullopt;
    auto const day = at.take_figures(1, 31);
    if (!day) return std::nullopt;
    return dated(static_cast<unsigned>(*day), static_cast<unsigned>(*month), year, Date{});
}

/// "3/11", "05-11-2026", "7.1.27". Without a year "5-11" and "5.11" are hours, unless an hour or an article tells.
constexpr auto written_cases = std::to_array<Case>({{"3/11", "2026-11-03"},
                                                    {"05-11-2026", "2026-11-05"},
                                                    {"7/1/27 17:00", "2027-01-07 17:00"},
                                                    {"5-11 18hs", "2026-11-05 18:00"},
                                                    {"el 5-11", "2026-11-05"},
                                                    {"31/11", "invalid_date[]"},
                                                    {"el 5/13", "invalid_date[]"}});
std::optional<DayMention> read_written(Reading& at, Context const& context) {
    auto const has_article = at.sees(Sym::el, -1) || at.sees(Sym::day, -1);
    auto const day = at.take_figures(1, 99);
    if (!day || !at.is_glued() || !at.sees(Sym::sign)) return std::nullopt;
    auto const sign = at.peek().value;
    if ((sign != '/' && sign != '-' && sign != '.') || !at.take_sign(sign) || !at.is_glued()) return std::nullopt;
    if (at.peek().digits > 2) return std::nullopt;
    auto const month = at.take_figures(1, 99);
    if (!month || (sign != '/' && (*month > 12 || *day > 31))) return std::nullopt;
    auto year = std::optional<int>();
    if (at.is_glued() && at.sees_sign(sign)) {
        year = attempt(at, [&](Reading& here) { return here.take_sign(sign) ? take_year(here) : std::nullopt; });
        if (!year) return std::nullopt;
    }
    auto const is_told = has_article || (sign == '-' && is_before_hour(at, context));
    if (!year && sign != '/' && !is_told) return std::nullopt;
    if (*month > 12 || *day > 31) return doubtful(Code::invalid_date, {});
    return dated(static_cast<unsigned>(*day), static_cast<unsigned>(*month), year, context.today());
}

std::optional<unsigned> take_month(Reading& at) {
    if (at.take(Sym::mar)) return 3;
    auto const month = at.take_value(Sym::month);
    if (month && at.is_glued()) at.take_sign('.');
    return month ? std::optional(static_cast<unsigned>(*month)) : std::nullopt;
}

std::optional<int> take_said_year(Reading& at) {
    return attempt(at, [](Reading& here) {
        if (here.take(Sym::de))
            here.take(Sym::el);
        else
            here.take_sign(',');
        return here.take_figures(first_year, last_year);
    });
}

void take_ordinal_ending(Reading& at) {
    if (at.is_glued()) at.take_sign(sign_ordinal);
}

struct DayNumber {
    unsigned value;
    bool in_figures;
};
std::optional<DayNumber> take_day_number(Reading& at) {
    if (at.sees(Sym::ordinal) && at.peek().value == 1) {
        at.skip();
        return DayNumber{1, false};
    }
    auto const in_figures = at.peek().digits > 0 && at.peek().digits <= 2;
    if (at.peek().digits > 2) return std::nullopt;
    auto const day = at.take_number(1, 31);
    if (!day) return std::nullopt;
    take_ordinal_ending(at);
    if (at.is_glued() && at.sees(Sym::unknown)) at.skip(); // "1ro", "5th"
    return DayNumber{static_cast<unsigned>(*day), in_figures};
}

/// "5 de noviembre (de 2027)", "primero de noviembre", "November 5", "the 5th of November", "3 del mes que viene"
std::optional<DayMention> read_day_and_month(Reading& at, Context const& context) {
    auto const today = context.today();
    if (auto const month = take_month(at)) {
        at.take(Sym::the);
        auto const day = take_day_number(at);
        if (!day || at.sees_sign(':') || at.sees(Sym::mark) || at.sees(Sym::hour_word)) return std::nullopt;
        return dated(day->value, *month, take_said_year(at), today);
    }
    auto const is_impossible = at.peek().digits == 2 && at.peek().value > 31;
    auto const impossible = is_impossible ? at.take_figures(32, 99) : std::nullopt;
    auto const day = impossible ? std::optional<DayNumber>() : take_day_number(at);
    if (!day && !impossible) return std::nullopt;
    auto const is_of = at.take(Sym::de);
    if (is_of) at.take(Sym::el);
    auto const relative = at.sees(Sym::next_month)   ? std::optional(1)
                          : at.sees(Sym::this_month) ? std::optional(0)
                                                     : std::nullopt;
    if (relative && day) {
        at.skip();
        auto const month = month_of(today) + std::chrono::months(*relative);
        return dated(day->value, static_cast<unsigned>(month.month()), static_cast<int>(month.year()), today);
    }
    if (day && is_of && at.take(Sym::month_unit)) return on(coming_day(day->value, today));
    auto const month = take_month(at);
    if (!month) return std::nullopt;
    return impossible ? doubtful(Code::invalid_date, {}) : dated(day->value, *month, take_said_year(at), today);
}

DayMention numbered(unsigned number, Date today) {
    auto mention = on(coming_day(number, today));
    mention.bare_number = number;
    return mention;
}

constexpr auto numbered_cases = std::to_array<Case>({{"el 3", "2026-11-03"},
                                                     {"el día 30", "2026-10-30"},
                                                     {"el 21", "2026-10-21"},
                                                     {"on the 30th", "2026-10-30"},
                                                     {"el 3 a las 10:00", "2026-11-03 10:00"},
                                                     {"el 5 o el 6 de diciembre", "several[2026-12-05,2026-12-06]"},
                                                     {"el 8 o 9", "several[2026-11-08,2026-11-09]"},
                                                     {"el 28 17hs", "2026-10-28 17:00"},
                                                     {"el 3 mechas", "2026-11-03"},
                                                     {"el veintiocho", "2026-10-28"},
                                                     {"el 600 11 12 13", ""},
                                                     {"el 50% de descuento", ""},
                                                     {"el 2 x 1", ""},
                                                     {"vivo en el 3º derecha", ""}});
std::optional<Mention> read_second_number(Reading& at, Context const& context) {
    auto const is_second = context.after_day_number && (at.sees(Sym::o, -1) || at.sees(Sym::y, -1));
    if (!is_second) return std::nullopt;
    if (auto found = attempt(at, [&](Reading& here) { return read_day_and_month(here, context); }))
        return *std::move(found);
    auto const number = take_day_number(at);
    if (!number || is_of_something_else(at) || at.sees(Sym::mark) || at.sees(Sym::hour_word)) return std::nullopt;
    return numbered(number->value, context.today());
}

constexpr auto dated_cases = std::to_array<Case>({{"5 de noviembre", "2026-11-05"},
                                                  {"el 3 de nov a las 10", "2026-11-03 10:00"},
                                                  {"primero de noviembre", "2026-11-01"},
                                                  {"1º de diciembre", "2026-12-01"},
                                                  {"1ro de diciembre", "2026-12-01"},
                                                  {"5 de marzo de 2027", "2027-03-05"},
                                                  {"el 3 del mes que viene", "2026-11-03"},
                                                  {"November 5 at 11", "2026-11-05 11:00"},
                                                  {"the 5th of December", "2026-12-05"},
                                                  {"24 dic", "2026-12-24"},
                                                  {"30 de febrero", "invalid_date[]"},
                                                  {"29 de febrero", "2028-02-29"}});
std::optional<DayMention> read_dated(Reading& at, Context const& context) {
    at.take_any_of({Sym::para, Sym::en});
    at.take_any_of({Sym::el, Sym::the});
    at.take(Sym::day);
    if (auto found = attempt(at, [&](Reading& here) { return read_written(here, context); })) return found;
    return read_day_and_month(at, context);
}

constexpr auto feast_cases = std::to_array<Case>({{"en Nochebuena", "2026-12-24"},
                                                  {"el día de Reyes", "2027-01-06"},
                                                  {"el día de muertos a las 6", "2026-11-02 18:00", "MX"},
                                                  {"el día de la madre", "2027-05-02"},
                                                  {"el día de la madre", "2027-05-10", "MX"},
                                                  {"el viernes santo", "2027-03-26"},
                                                  {"en Semana Santa", "2027-03-22..2027-03-28"},
                                                  {"feliz navidad", ""}});
std::optional<DayMention> read_feast(Reading& at, Context const& context) {
    auto const index = at.take_value(Sym::feast);
    if (!index) return std::nullopt;
    auto const& feast = feasts()[static_cast<std::size_t>(*index)];
    auto const first = next_feast(feast, context.today());
    return feast.length == 1 ? on(first) : from_to(first, first + std::chrono::days(feast.length - 1));
}

constexpr auto holiday_cases = std::to_array<Case>({{"el lunes festivo", "2026-11-02", "CO"},
                                                    {"el próximo feriado", "2026-11-23", "AR"},
                                                    {"¿abren los festivos?", ""}});
std::optional<DayMention> read_holiday(Reading& at, Context const& context) {
    if (!at.take(Sym::el)) at.take(Sym::this_);
    at.take(Sym::next);
    auto const weekday = at.take_value(Sym::weekday);
    if (!at.take(Sym::holiday)) return std::nullopt;
    auto const date = next_holiday(context.country, context.today(), static_cast<unsigned>(weekday.value_or(0)));
    return date ? std::optional(on(*date)) : std::nullopt;
}

constexpr auto bridge_cases = std::to_array<Case>({{"el puente", "2026-10-31..2026-11-02", "CO"},
                                                   {"el puente de diciembre", "2026-12-05..2026-12-08", "ES"},
                                                   {"este finde largo", "2026-11-21..2026-11-23", "AR"}});
std::optional<DayMention> read_bridge(Reading& at, Context const& context) {
    at.take_any_of({Sym::el, Sym::this_});
    at.take(Sym::next);
    if (!at.take(Sym::bridge)) return std::nullopt;
    if (at.take(Sym::de)) {
        at.take(Sym::el);
        if (auto const month = at.take_value(Sym::month)) {
            auto const start =
                std::max(first_of(coming_month(static_cast<unsigned>(*month), context.today())), context.today());
            auto const free = next_long_weekend(context.country, start);
            return free ? std::optional(from_to(free->from, free->to)) : std::nullopt;
        }
        auto const feast = read_feast(at, context);
        auto const around =
            feast ? next_long_weekend(context.country, *feast->date - std::chrono::days(3)) : std::nullopt;
        return around ? std::optional(from_to(around->from, around->to)) : feast;
    }
    auto const free = next_long_weekend(context.country, context.today());
    return free ? std::optional(from_to(std::max(free->from, context.today()), free->to)) : std::nullopt;
}

constexpr auto rules = std::to_array<Rule>({{"a date year first", as_mention<read_iso>, iso_cases},
                                            {"a date in figures", as_mention<read_written>, written_cases}});
constexpr auto later_rules = std::to_array<Rule>({{"a holiday", as_mention<read_holiday>, holiday_cases},
                                                  {"a long weekend", as_mention<read_bridge>, bridge_cases},
                                                  {"a named day", as_mention<read_feast>, feast_cases},
                                                  {"a day and a month", as_mention<read_dated>, dated_cases},
                                                  {"one more day by number", read_second_number, numbered_cases},
                                                  {"a day by number", as_mention<read_numbered_day>, numbered_cases}});

} // namespace

std::span<Rule const> date_rules() { return rules; }
std::span<Rule const> named_day_rules() { return later_rules; }

std::optional<DayMention> read_numbered_day(Reading& at, Context const& context) {
    at.take_any_of({Sym::para, Sym::en});
    auto const has_article = at.take(Sym::el) || at.take(Sym::the) || at.take(Sym::this_) || at.take(Sym::a, Sym::el);
    auto const has_day = at.take(Sym::day);
    if (!has_article && !has_day) return std::nullopt;
    auto const number = take_day_number(at);
    auto const is_first = number && !number->in_figures && number->value == 1;            // "el primero"
    auto const is_floor = number && number->value != 1 && at.sees_sign(sign_ordinal, -1); // "el 3º derecha"
    if (!number || is_first || is_floor) return std::nullopt;
    auto const is_counted = is_of_something_else(at) && !(has_article && is_before_service(at)); // "el 3 mechas"
    if (is_counted && !is_before_hour(at, context)) return std::nullopt;
    if (at.sees(Sym::mark) || at.sees(Sym::hour_word) || at.sees_sign(':')) return std::nullopt;
    auto const is_times = at.sees(Sym::por) && at.sees(Sym::number, 1); // "2 x 1"
    return is_times ? std::nullopt : std::optional(numbered(number->value, context.today()));
}

std::optional<DayMention> read_date(Reading& at, Context const& context) {
    if (auto found = attempt(at, [&](Reading& here) { return read_written(here, context); })) return found;
    if (auto found = attempt(at, [&](Reading& here) { return read_day_and_month(here, context); })) return found;
    auto const number = take_day_number(at);
    return number && number->in_figures ? std::optional(numbered(number->value, context.today())) : std::nullopt;
}

} // namespace language
