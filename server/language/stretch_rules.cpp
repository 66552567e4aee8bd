#include <array>

#include "language/calendar.hpp"
#include "language/day_mentions.hpp"

namespace language {

namespace {

using base::Date;
using std::chrono::days;

DayMention week_of(Date first, Date last) {
    auto mention = from_to(first, last);
    mention.is_week = true;
    return mention;
}

constexpr auto week_cases = std::to_array<Case>({{"esta semana", "2026-10-21..2026-10-25"},
                                                 {"la semana que viene", "2026-10-26..2026-11-01"},
                                                 {"la otra semana el miércoles", "2026-10-28"},
                                                 {"el martes de la próxima semana", "2026-10-27"},
                                                 {"la semana del 9", "2026-11-09..2026-11-15"},
                                                 {"la semana del 9 de diciembre", "2026-12-07..2026-12-13"},
                                                 {"entre semana", "2026-10-21..2026-10-23"},
                                                 {"the week after next", "2026-11-02..2026-11-08"},
                                                 {"next week", "2026-10-26..2026-11-01"},
                                                 {"la semana pasada", "2026-10-12..2026-10-18 past[]"}});
std::optional<DayMention> read_week(Reading& at, Context const& context) {
    auto const today = context.today();
    auto const monday = monday_of(today);
    if (at.take(Sym::this_week)) return week_of(today, monday + days(6));
    if (auto const later = at.take_value(Sym::next_week))
        return week_of(monday + days(7 + 7 * *later), monday + days(13 + 7 * *later));
    if (at.take(Sym::past_week)) return week_of(monday - days(7), monday - days(1));
    if (at.take(Sym::workdays)) {
        auto const first = base::iso_weekday(today) > 5 ? monday + days(7) : today;
        return week_of(first, monday_of(first) + days(4));
    }
    at.take_any_of({Sym::la, Sym::the});
    if (!at.take(Sym::week, Sym::de)) return std::nullopt;
    auto day = attempt(at, [&](Reading& here) { return read_single_day(here, context); });
    if (!day) day = attempt(at, [&](Reading& here) { return read_date(here, context); });
    if (!day || !day->date) return std::nullopt;
    auto const first = monday_of(*day->date);
    return week_of(first, first + days(6));
}

constexpr auto weekend_cases = std::to_array<Case>({{"el finde", "2026-10-24..2026-10-25"},
                                                    {"este fin de semana", "2026-10-24..2026-10-25"},
                                                    {"el finde que viene", "which_week[2026-10-24,2026-10-31]"},
                                                    {"el finde del 7", "2026-11-07..2026-11-08"},
                                                    {"this weekend", "2026-10-24..2026-10-25"},
                                                    {"buen finde", ""}});
std::optional<DayMention> read_weekend(Reading& at, Context const& context) {
    auto const today = context.today();
    at.take_any_of({Sym::para, Sym::en});
    if (!at.take_any_of({Sym::el, Sym::the, Sym::this_})) at.take(Sym::los);
    auto const is_next = at.take(Sym::next);
    if (!at.take(Sym::weekend)) return std::nullopt;
    auto const saturday = monday_of(today) + days(5);
    if (is_next || at.take(Sym::next)) return either_week(saturday);
    auto const named = attempt(at, [&](Reading& here) -> std::optional<Date> {
        if (!here.take(Sym::de)) return {};
        auto const day = read_numbered_day(here, context);
        return day ? day->date : std::nullopt;
    });
    if (named) return from_to(monday_of(*named) + days(5), monday_of(*named) + days(6));
    auto mention = from_to(std::max(saturday, today), saturday + days(1));
    mention.is_week = true;
    return mention;
}

constexpr auto month_cases = std::to_array<Case>({{"este mes", "2026-10-21..2026-10-31"},
                                                  {"el mes que viene", "2026-11-01..2026-11-30"},
                                                  {"en diciembre", "2026-12-01..2026-12-31"},
                                                  {"durante el mes de diciembre", "2026-12-01..2026-12-31"},
                                                  {"algo para enero", "2027-01-01..2027-01-31"},
                                                  {"cita para Julio", ""},
                                                  {"soy Abril", ""}});
std::optional<DayMention> read_month(Reading& at, Context const& context) {
    auto const today = context.today();
    auto const whole = [&](Month month) { return from_to(std::max(first_of(month), today), last_of(month)); };
    if (at.take(Sym::next_month)) return whole(month_of(today) + std::chrono::months(1));
    if (at.take(Sym::this_month)) return whole(month_of(today));
    auto const is_alone = at.sees_sign('\n', -1) && at.sees(Sym::sign, 1);
    auto const is_opened = at.take_any_of({Sym::en, Sym::para});
    if (!is_opened && !is_alone) return std::nullopt;
    at.take(Sym::el, Sym::month_unit, Sym::de);
    auto const is_name = at.sees(Sym::para, -1) && at.peek().capital;
    auto const month = at.take_value(Sym::month);
    if (!month || is_name || at.sees(Sym::number)) return std::nullopt;
    return whole(coming_month(static_cast<unsigned>(*month), today));
}

constexpr auto part_of_month_cases =
    std::to_array<Case>({{"a fin de mes", "2026-10-25..2026-10-31"},
                         {"a fines de noviembre", "2026-11-25..2026-11-30"},
                         {"a mediados de noviembre", "2026-11-11..2026-11-20"},
                         {"a principios de mes", "2026-11-01..2026-11-10"},
                         {"a finales de la semana que viene", "2026-10-26..2026-11-01"},
                         {"a finales del mes que viene", "2026-11-25..2026-11-30"},
                         {"end of the month", "2026-10-25..2026-10-31"}});
std::optional<DayMention> read_part_of_month(Reading& at, Context const& context) {
    auto const today = context.today();
    auto const sym = at.peek().sym;
    if (!at.take_any_of({Sym::month_start, Sym::month_middle, Sym::month_end})) return std::nullopt;
    if (at.take(Sym::week)) return week_of(today, monday_of(today) + days(6));
    if (at.sees(Sym::this_week) || at.sees(Sym::next_week)) return read_week(at, context);
    auto month = take_which_month(at, today);
    if (!month) return std::nullopt;
    auto const part = [&] {
        auto const first = first_of(*month);
        if (sym == Sym::month_start) return from_to(first, first + days(9));
        if (sym == Sym::month_middle) return from_to(first + days(10), first + days(19));
        return from_to(first + days(24), last_of(*month));
    };
    if (*part().date_to < today) *month += at.sees(Sym::month, -1) ? std::chrono::months(12) : std::chrono::months(1);
    auto mention = part();
    mention.date = std::max(*mention.date, today);
    return mention;
}

constexpr auto fortnight_cases = std::to_array<Case>({{"la primera quincena de noviembre", "2026-11-01..2026-11-15"},
                                                      {"la segunda quincena", "2026-10-21..2026-10-31"},
                                                      {"la próxima quincena", "2026-10-31", "MX"},
                                                      {"el día de la quincena", "2026-10-31", "CO"}});
std::optional<DayMention> read_fortnight(Reading& at, Context const& context) {
    auto const today = context.today();
    at.take_any_of({Sym::la, Sym::this_});
    auto const which = at.take_value(Sym::ordinal);
    at.take(Sym::next);
    if (!at.take(Sym::fortnight)) return std::nullopt;
    auto const middle = first_of(month_of(today)) + days(14);
    auto const is_payday = context.country == "MX" || context.country == "CO";
    if (!which)
        return is_payday ? std::optional(on(middle >= today ? middle : last_of(month_of(today)))) : std::nullopt;
    if (*which != 1 && *which != 2) return std::nullopt;
    auto const named =
        attempt(at, [&](Reading& here) { return here.take(Sym::de) ? take_which_month(here, today) : std::nullopt; });
    auto month = named.value_or(month_of(today));
    if (!named && *which == 1 && middle < today) month += std::chrono::months(1);
    auto const first = first_of(month);
    return *which == 1 ? from_to(std::max(first, today), first + days(14))
                       : from_to(std::max(first + days(15), today), last_of(month));
}

constexpr auto nth_cases = std::to_array<Case>({{"el primer lunes de diciembre", "2026-12-07"},
                                                {"el último viernes de noviembre", "2026-11-27"},
                                                {"el cuarto jueves de noviembre", "2026-11-26"},
                                                {"el primer lunes del mes", "2026-11-02"},
                                                {"el último día de noviembre", "2026-11-30"},
                                                {"the last friday of november", "2026-11-27"},
                                                {"el último viernes", "2026-10-23"}});
std::optional<DayMention> read_nth_weekday(Reading& at, Context const& context) {
    auto const today = context.today();
    if (!at.take(Sym::el)) at.take(Sym::the);
    auto const ordinal = at.take(Sym::quarter) ? std::optional(4)
                         : at.take(Sym::past)  ? std::optional(5)
                                               : at.take_value(Sym::ordinal);
    if (!ordinal) return std::nullopt;
    auto const weekday = at.take_value(Sym::weekday);
    if (!weekday && !(at.take(Sym::day) && (*ordinal == 1 || *ordinal == 5))) return std::nullopt;
    if (!at.take(Sym::de)) return std::nullopt;
    auto const month = take_which_month(at, today);
    if (!month) return std::nullopt;
    auto const in_month = [&](Month one) {
        if (!weekday) return *ordinal == 5 ? last_of(one) : first_of(one);
        auto const number = static_cast<unsigned>(*weekday);
        if (*ordinal == 5) return next_weekday(last_of(one) - days(7), number);
        return next_weekday(first_of(one) - days(1), number) + days(7 * (*ordinal - 1));
    };
    auto const is_named = at.sees(Sym::month, -1);
    auto const day = in_month(*month);
    return on(day >= today ? day : in_month(*month + std::chrono::months(is_named ? 12 : 1)));
}

/// "la segunda semana de noviembre": seven days each, from the 1st on.
constexpr auto nth_week_cases = std::to_array<Case>({{"la segunda semana de noviembre", "2026-11-08..2026-11-14"},
                                                     {"la última semana de noviembre", "2026-11-24..2026-11-30"}});
std::optional<DayMention> read_nth_week(Reading& at, Context const& context) {
    at.take_any_of({Sym::la, Sym::the});
    auto const ordinal = at.take_value(Sym::ordinal);
    if (!ordinal || !at.take(Sym::week, Sym::de)) return std::nullopt;
    auto const month = take_which_month(at, context.today());
    if (!month) return std::nullopt;
    auto const first = *ordinal == 5 ? last_of(*month) - days(6) : first_of(*month) + days(7 * (*ordinal - 1));
    return week_of(std::max(first, std::min(context.today(), first + days(6))), first + days(6));
}

/// "… a jueves de la semana que viene": the week holds for both ends.
std::optional<DayMention> read_end_in_week(Reading& at, unsigned first_weekday, Context const& context) {
    if (first_weekday == 0) return std::nullopt;
    auto const last = read_weekday(at, context);
    auto const names_week = at.sees(Sym::next_week, -1) || at.sees(Sym::this_week, -1);
    if (!last || !last->date || !names_week) return std::nullopt;
    auto const first = monday_of(*last->date) + days(first_weekday - 1);
    return first < *last->date ? std::optional(from_to(first, *last->date)) : std::nullopt;
}

/// "de lunes a miércoles", "entre el 3 y el 6", "del 3 al 6 de noviembre"
constexpr auto range_cases =
    std::to_array<Case>({{"de lunes a miércoles", "2026-10-26..2026-10-28"},
                         {"entre el 3 y el 6", "2026-11-03..2026-11-06"},
                         {"del 14 al 18 de diciembre", "2026-12-14..2026-12-18"},
                         {"de 4 a 6 de noviembre", "2026-11-04..2026-11-06"},
                         {"de martes a jueves de la semana que viene", "2026-10-27..2026-10-29"},
                         {"de hoy al viernes", "2026-10-21..2026-10-23"},
                         {"lun-vie", "2026-10-26..2026-10-30"},
                         {"lunes a viernes", "2026-10-26..2026-10-30"}});
std::optional<DayMention> read_range(Reading& at, Context const& context) {
    auto const is_between = at.take(Sym::between);
    auto const is_opened = is_between || at.take(Sym::de) || at.take(Sym::from);
    if (!is_opened && !at.sees(Sym::weekday) && !at.sees(Sym::el)) return std::nullopt;
    auto first = attempt(at, [&](Reading& here) { return read_single_day(here, context); });
    auto const is_bare = !first;
    if (is_bare && is_opened) first = attempt(at, [&](Reading& here) { return read_date(here, context); });
    if (!first) return std::nullopt;
    if (!at.take_any_of({Sym::a, Sym::upto, Sym::to_hour}) && !(is_between && at.take(Sym::y)) &&
        !((is_opened || first->bare_weekday != 0) && at.take_sign('-')))
        return std::nullopt;
    auto start = first->date ? *first->date : first->options.empty() ? context.today() : first->options.front();
    if (auto const in_week =
            attempt(at, [&](Reading& here) { return read_end_in_week(here, first->bare_weekday, context); }))
        return in_week;
    auto const later = Context{base::LocalTime(start), context.country};
    auto last = attempt(at, [&](Reading& here) { return read_single_day(here, later); });
    if (!last) last = attempt(at, [&](Reading& here) { return read_date(here, later); });
    if (!last || (is_bare && !last->month) || (last->bare_number != 0 && first->bare_number == 0)) return std::nullopt;
    if (first->bare_number != 0 && last->month) start = date_in(*last->month, first->bare_number).value_or(start);
    auto const end = last->date ? *last->date : last->options.empty() ? start : last->options.back();
    return end > start ? std::optional(from_to(start, end)) : std::nullopt;
}

constexpr auto until_cases = std::to_array<Case>({{"antes del viernes", "2026-10-21..2026-10-22"},
                                                  {"tengo libre hasta el viernes", "2026-10-21..2026-10-23"},
                                                  {"a partir del lunes", "2026-10-26"},
                                                  {"no más tarde del viernes", "2026-10-21..2026-10-23"},
                                                  {"como muy tarde el viernes", "2026-10-21..2026-10-23"},
                                                  {"de aquí a fin de mes", "2026-10-21..2026-10-31"},
                                                  {"hasta fin de mes", "2026-10-21..2026-10-31"},
                                                  {"gracias, hasta mañana", ""}});
/// "hasta", "de aquí a", "no más tarde de": the day named is the last one.
std::optional<Mention> read_until_day(Reading& at, Context const& context) {
    auto const is_upto = at.sees(Sym::upto);
    auto const is_inclusive = is_upto || at.sees(Sym::at_latest) || at.peek().value == 1;
    auto const was_alone = at.sees(Sym::sign, -1);
    if (!at.take_any_of({Sym::until, Sym::upto, Sym::at_latest, Sym::from_now})) return std::nullopt;
    auto day = attempt(at, [&](Reading& here) { return read_part_of_month(here, context); });
    if (!day) day = read_single_day(at, context);
    if (!day || !day->date || (!is_inclusive && at.sees(Sym::from_now, -1))) return std::nullopt;
    if (is_upto && was_alone && !day->date_to && at.sees(Sym::sign)) return Aside();
    auto const last = is_inclusive ? day->date_to.value_or(*day->date) : *day->date - days(1);
    if (last < context.today()) return std::nullopt;
    return last == context.today() ? on(last) : from_to(context.today(), last);
}

constexpr auto rules = std::to_array<Rule>({{"days from and to", as_mention<read_range>, range_cases},
                                            {"days until one", read_until_day, until_cases},
                                            {"a week", as_mention<read_week>, week_cases},
                                            {"a weekend", as_mention<read_weekend>, weekend_cases},
                                            {"a part of a month", as_mention<read_part_of_month>, part_of_month_cases},
                                            {"half a month", as_mention<read_fortnight>, fortnight_cases},
                                            {"the nth week of a month", as_mention<read_nth_week>, nth_week_cases},
                                            {"the nth weekday of a month", as_mention<read_nth_weekday>, nth_cases},
                                            {"a month", as_mention<read_month>, month_cases}});

} // namespace

std::span<Rule const> stretch_rules() { return rules; }

std::optional<Month> take_which_month(Reading& at, Date today) {
    at.take_any_of({Sym::el, Sym::the});
    if (at.take(Sym::next_month)) return month_of(today) + std::chrono::months(1);
    if (at.take(Sym::this_month) || at.take(Sym::month_unit)) return month_of(today);
    auto const month = at.take_value(Sym::month);
    return month ? std::optional(coming_month(static_cast<unsigned>(*month), today)) : std::nullopt;
}

} // namespace language
