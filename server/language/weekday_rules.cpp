#include <array>

#include "language/calendar.hpp"
#include "language/day_mentions.hpp"

namespace language {

namespace {

using base::Date;
using std::chrono::days;
using Code = Ambiguity::Code;

/// A weekday and a number must agree; the name may be meant, or the number.
DayMention agree(DayMention const& dated, unsigned weekday, Date today) {
    if (!dated.date || base::iso_weekday(*dated.date) == weekday) return dated;
    auto const after = next_weekday(*dated.date, weekday);
    auto const before = after - days(7);
    auto const nearest = *dated.date - before < after - *dated.date && before >= today ? before : after;
    return doubtful(Code::weekday_date_mismatch, {*dated.date, nearest});
}

/// The date behind a weekday: "viernes 24", "viernes, 24 de octubre", "lunes 2/11"; an hour is none.
std::optional<DayMention> read_date_behind(Reading& at, unsigned weekday, Context const& context) {
    at.take_sign(',');
    auto const is_told = at.take(Sym::el) || at.take(Sym::the);
    auto const has_day = at.take(Sym::day) || is_told;
    auto found = read_date(at, context);
    if (!found || found->bare_number == 0) return found;
    auto const is_hour = at.sees(Sym::mark) || at.sees(Sym::hour_word) || at.sees(Sym::hour_unit) ||
                         at.sees(Sym::sharp) || at.sees(Sym::oclock) || at.sees_sign(':') || at.sees(Sym::tarde) ||
                         at.sees(Sym::noche) || (at.sees(Sym::metre) && at.peek(-1).value == 12);
    auto const is_part = at.sees(Sym::part_of) && !has_day && found->bare_number <= 12;
    auto const is_fraction =
        (at.sees(Sym::y) && (at.sees(Sym::half, 1) || at.sees(Sym::quarter, 1) || at.sees(Sym::bit, 1))) ||
        at.sees(Sym::less) || at.sees_sign(sign_half);
    auto const is_range = at.sees_sign('-') || (at.sees(Sym::a) && at.sees(Sym::number, 1));
    if (is_hour || is_part || is_fraction || (is_range && !has_day)) return std::nullopt;
    auto const agrees = found->date && base::iso_weekday(*found->date) == weekday; // "martes 27 mechas"
    if (agrees && is_before_service(at)) return found;
    if (is_of_something_else(at) && !is_before_hour(at, context)) return std::nullopt;
    return found;
}

DayMention said_next(Date next, Date today) {
    return next <= monday_of(today) + days(6) ? either_week(next) : on(next);
}

/// "en ocho": a week after; "en quince": two.
std::optional<int> take_weeks_more(Reading& at) {
    return attempt(at, [](Reading& here) -> std::optional<int> {
        if (!here.take(Sym::en)) return {};
        auto const amount = here.take_number(8, 15);
        auto const is_unit = here.sees(Sym::day) || here.sees(Sym::minute) || here.sees(Sym::hour_unit) ||
                             here.sees_sign(':') || here.sees(Sym::sharp);
        if (is_unit || !amount || (*amount != 8 && *amount != 15)) return {};
        return *amount == 8 ? 7 : 14;
    });
}

/// What follows a weekday and decides its week.
std::optional<DayMention> read_week_behind(Reading& at, unsigned weekday, Context const& context) {
    auto const today = context.today();
    auto const next = next_weekday(today, weekday);
    auto const in_week = [&](Date monday) { return on(monday + days(weekday - 1)); };
    if (auto const more = take_weeks_more(at)) return on(next + days(*more));
    if (at.take(Sym::pasado) || at.take(Sym::past)) return on(next_weekday(today - days(8), weekday));
    if (at.take(Sym::after_next)) return on(next + days(7));
    if (at.take(Sym::next)) return said_next(next, today);
    if (!at.take(Sym::de) && !at.take(Sym::en) && !at.sees(Sym::next_week) && !at.sees(Sym::this_week))
        return std::nullopt;
    if (auto const later = at.take_value(Sym::next_week)) return in_week(monday_of(today) + days(7 + 7 * *later));
    if (at.take(Sym::this_week)) return in_week(monday_of(today));
    if (at.take(Sym::past_week)) return in_week(monday_of(today) - days(7));
    if (!at.take(Sym::la, Sym::week, Sym::de)) return std::nullopt;
    at.take(Sym::el);
    auto const number = at.take_figures(1, 31);
    return number ? std::optional(in_week(monday_of(coming_day(static_cast<unsigned>(*number), today)))) : std::nullopt;
}

std::optional<unsigned> take_weekday(Reading& at) {
    auto const& symbol = at.peek();
    if (symbol.sym == Sym::mar) {
        auto const& next = at.peek(1);
        auto const tells = at.sees(Sym::el, -1) || at.sees(Sym::this_, -1) || at.sees(Sym::next, -1) ||
                           next.sym == Sym::number || next.sym == Sym::part ||
                           (next.sym == Sym::a && at.sees(Sym::las, 2)) || at.sees_sign('\n', -1);
        if (!tells) return std::nullopt;
        at.skip();
    } else if (!at.take(Sym::weekday)) {
        return std::nullopt;
    }
    if (at.is_glued()) at.take_sign('.');
    return symbol.sym == Sym::mar ? 2 : static_cast<unsigned>(symbol.value);
}

constexpr auto weekday_cases =
    std::to_array<Case>({{"el viernes", "2026-10-23"},
                         {"el juevez", "2026-10-22"},
                         {"bierness", "2026-10-23"},
                         {"el kueves", "2026-10-22"},
                         {"en otras partes", ""},
                         {"este miércoles a las 7", "2026-10-21 19:00"},
                         {"el miércoles", "which_week[2026-10-21,2026-10-28]"},
                         {"el miércoles a las 9 de la mañana", "2026-10-28 09:00"},
                         {"el martes que viene", "2026-10-27"},
                         {"el próximo viernes a las 11", "11:00 which_week[2026-10-23,2026-10-30]"},
                         {"el otro martes", "which_week[2026-10-27,2026-11-03]"},
                         {"el viernes subsiguiente", "2026-10-30"},
                         {"el jueves en ocho", "2026-10-29"},
                         {"del lunes en quince", "2026-11-09"},
                         {"el lunes de la semana que viene", "2026-10-26"},
                         {"el viernes de esta semana", "2026-10-23"},
                         {"el lunes pasado", "2026-10-19 past[]"},
                         {"viernes 24", "weekday_date_mismatch[2026-10-23,2026-10-24]"},
                         {"el lunes, 26 de octubre", "2026-10-26"},
                         {"lunes 9 hs", "2026-10-26 09:00"},
                         {"el martes 27 mechas", "2026-10-27"},
                         {"el sábado 2 cortes", "2026-10-24"},
                         {"viernes 5 y media", "2026-10-23 17:30"},
                         {"sáb. 24 oct. 10:00", "2026-10-24 10:00"},
                         {"next friday", "which_week[2026-10-23,2026-10-30]"},
                         {"quiero lavado", ""},
                         {"con Domingo", ""}});

constexpr auto relative_cases = std::to_array<Case>({{"hoy", "2026-10-21"},
                                                     {"mñn", "2026-10-22"},
                                                     {"hoy x latarde", "2026-10-21 afternoon"},
                                                     {"pasado mañana", "2026-10-23"},
                                                     {"pasado a las 12", "2026-10-23 12:00"},
                                                     {"de hoy en ocho", "2026-10-28"},
                                                     {"mañana en ocho", "2026-10-29"},
                                                     {"mañana jueves 22", "2026-10-22"},
                                                     {"mañana viernes", "weekday_date_mismatch[2026-10-22,2026-10-23]"},
                                                     {"ayer", "2026-10-20 past[]"},
                                                     {"la vez pasada", ""},
                                                     {"me ha pasado algo", ""}});
std::optional<DayMention> read_relative(Reading& at, Context const& context) {
    auto const today = context.today();
    at.take_any_of({Sym::de, Sym::para});
    auto offset = at.take_value(Sym::relative);
    if (!offset && at.take(Sym::manana)) offset = 1;
    if (!offset && at.sees(Sym::pasado)) {
        auto const is_participle = at.sees(Sym::been, -1) || at.sees(Sym::month_unit, -1) || at.sees(Sym::unit, -1);
        auto const is_adjective = at.sees(Sym::unknown, -1) && !at.sees(Sym::sign, 1) && !is_before_hour(at, context);
        if (is_participle || is_adjective) return std::nullopt;
        at.skip();
        offset = 2;
    }
    if (!offset) return std::nullopt;
    auto mention = on(today + days(*offset));
    if (auto const more = take_weeks_more(at)) *mention.date += days(*more);
    auto const behind = attempt(at, [&](Reading& here) -> std::optional<DayMention> {
        here.take_sign(',');
        auto const weekday = here.sees(Sym::weekday) ? take_weekday(here) : std::nullopt;
        if (!weekday) return {};
        auto const date = attempt(here, [&](Reading& there) { return read_date_behind(there, *weekday, context); });
        return date && date->date != mention.date ? agree(*date, *weekday, today) : agree(mention, *weekday, today);
    });
    return behind ? behind : mention;
}

/// A number of days, weeks or months; "ocho días" is a week, "quince días" two.
std::optional<Date> take_distance(Reading& at, Date today) {
    auto const amount = at.take(Sym::couple) ? std::optional(2)
                        : at.take(Sym::a)    ? std::optional(1)
                                             : at.take_number(1, 365);
    if (!amount) return std::nullopt;
    at.take(Sym::plus);
    if (at.take(Sym::day)) return today + days(*amount == 8 ? 7 : *amount == 15 ? 14 : *amount);
    if (at.take(Sym::week)) return today + days(7 * *amount);
    return at.take(Sym::month_unit) ? std::optional(months_after(today, *amount)) : std::nullopt;
}

constexpr auto distance_cases = std::to_array<Case>({{"en 3 días", "2026-10-24"},
                                                     {"dentro de dos semanas", "2026-11-04"},
                                                     {"en quince días", "2026-11-04"},
                                                     {"en ocho días", "2026-10-28"},
                                                     {"de aquí a un mes", "2026-11-21"},
                                                     {"en un par de días", "2026-10-23"},
                                                     {"en dos semanas, el martes", "2026-11-03"},
                                                     {"a week from friday", "2026-10-30"}});
std::optional<DayMention> read_distance(Reading& at, Context const& context) {
    auto const today = context.today();
    auto const is_opened = at.take(Sym::en) || at.take(Sym::from_now);
    auto const start = at.place();
    auto const date = take_distance(at, today);
    auto const is_weeks = at.sees(Sym::week, -1);
    if (!date || (!is_opened && !at.sees(Sym::from))) return std::nullopt;
    if (!is_opened) {
        at.skip();
        if (at.take(Sym::now)) return on(*date);
        auto const other = read_single_day(at, context);
        return other && other->date ? std::optional(on(*other->date + (*date - today))) : std::nullopt;
    }
    at.take(Sym::plus);
    auto const weekday = !is_weeks ? std::optional<unsigned>() : attempt(at, [&](Reading& here) {
        here.take_sign(',');
        here.take(Sym::el);
        return here.place() > start ? take_weekday(here) : std::nullopt;
    });
    return weekday ? on(monday_of(*date) + days(*weekday - 1)) : on(*date);
}

/// "dos días antes de Navidad", "el día después de Reyes"
constexpr auto beside_cases = std::to_array<Case>({{"dos días antes de navidad", "2026-12-23"},
                                                   {"el día después de Nochebuena", "2026-12-25"},
                                                   {"una semana antes del 5 de enero", "2026-12-29"}});
std::optional<DayMention> read_beside(Reading& at, Context const& context) {
    auto const amount = at.take(Sym::el) || at.take(Sym::the) ? std::optional(1) : at.take_number(1, 60);
    if (!amount) return std::nullopt;
    auto const unit = at.take(Sym::day) ? 1 : at.take(Sym::week) ? 7 : 0;
    auto const is_before = at.take(Sym::until);
    if (unit == 0 || (!is_before && !at.take(Sym::since))) return std::nullopt;
    auto const day = read_single_day(at, context);
    if (!day || !day->date) return std::nullopt;
    return on(*day->date + days((is_before ? -1 : 1) * *amount * unit));
}

constexpr auto rules = std::to_array<Rule>({{"a weekday", as_mention<read_weekday>, weekday_cases},
                                            {"a day named from today", as_mention<read_relative>, relative_cases},
                                            {"so many days on", as_mention<read_distance>, distance_cases},
                                            {"days before or after one", as_mention<read_beside>, beside_cases}});

} // namespace

std::span<Rule const> weekday_rules() { return rules; }

std::optional<DayMention> read_weekday(Reading& at, Context const& context) {
    auto const today = context.today();
    at.take_any_of({Sym::para, Sym::en, Sym::de});
    if (!at.take_any_of({Sym::el, Sym::the})) at.take(Sym::a, Sym::el);
    at.take(Sym::day);
    auto const is_this = at.take(Sym::this_);
    at.take(Sym::one_more);
    auto is_next = at.take(Sym::next);
    auto const is_other = !is_this && !is_next && at.take(Sym::other);
    auto const is_past = at.take(Sym::past) || (at.sees(Sym::weekday, 1) && at.take(Sym::pasado));
    auto const weekday = take_weekday(at);
    if (!weekday) return std::nullopt;
    auto const next = next_weekday(today, *weekday);
    if (auto const date = attempt(at, [&](Reading& here) { return read_date_behind(here, *weekday, context); }))
        return agree(*date, *weekday, today);
    is_next = is_next || (is_this && at.take(Sym::next));
    if (is_past) return on(next_weekday(today - days(8), *weekday));
    if (is_next) return said_next(next, today);
    if (is_other) return either_week(next);
    auto const is_today = base::iso_weekday(today) == *weekday;
    if (is_this) return on(is_today ? today : next);
    auto behind = attempt(at, [&](Reading& here) { return read_week_behind(here, *weekday, context); });
    if (behind) return behind;
    auto mention = is_today ? either_week(today) : on(next);
    mention.bare_weekday = *weekday;
    return mention;
}

std::optional<DayMention> read_single_day(Reading& at, Context const& context) {
    for (auto const& group : {date_rules(), named_day_rules(), weekday_rules()}) {
        for (auto const& rule : group) {
            auto found = attempt(at, [&](Reading& here) { return rule.read(here, context); });
            if (found && std::holds_alternative<DayMention>(*found)) return std::get<DayMention>(*std::move(found));
        }
    }
    return std::nullopt;
}

} // namespace language
