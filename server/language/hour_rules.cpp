#include <array>

#include "language/hour_points.hpp"

namespace language {

namespace {

using Kind = HourMention::Kind;

constexpr int day_end = 1440;

HourMention point(SaidHour hour) {
    return {.kind = hour.exists ? Kind::point : Kind::impossible, .from = hour, .to = {}, .moment = {}};
}
HourMention stretch(SaidHour from, SaidHour to) {
    return {.kind = from.exists && to.exists ? Kind::stretch : Kind::impossible, .from = from, .to = to, .moment = {}};
}
HourMention since(SaidHour from) {
    return {.kind = from.exists ? Kind::since : Kind::impossible, .from = from, .to = {}, .moment = {}};
}
HourMention until(SaidHour to) {
    return {.kind = to.exists ? Kind::until : Kind::impossible, .from = {}, .to = to, .moment = {}};
}

constexpr auto from_now_cases = std::to_array<Case>({{"en media hora", "2026-10-21 10:45"},
                                                     {"dentro de dos horas", "2026-10-21 12:15"},
                                                     {"en hora y media", "2026-10-21 11:45"},
                                                     {"en una hora", "2026-10-21 11:15"},
                                                     {"dentro de un cuarto de hora", "2026-10-21 10:30"},
                                                     {"en unos 20 minutos", "2026-10-21 10:35"},
                                                     {"en 20 min llego", "2026-10-21 10:35"},
                                                     {"in half an hour", "2026-10-21 10:45"}});
std::optional<Mention> read_from_now(Reading& at, Context const& context) {
    if (!at.take(Sym::en) && !at.take(Sym::from_now)) return std::nullopt;
    auto minutes = std::optional<int>();
    at.take_any_of({Sym::about, Sym::size});
    if (at.take(Sym::half_an_hour)) {
        minutes = 30;
    } else if (at.take(Sym::quarter, Sym::de, Sym::hour_unit)) {
        minutes = 15;
    } else if (at.take(Sym::hour_and_half)) {
        minutes = 90;
    } else {
        auto const amount = at.take(Sym::couple) ? std::optional(2)
                            : at.take(Sym::a)    ? std::optional(1)
                                                 : at.take_number(1, 240);
        if (amount && at.take(Sym::hour_unit)) minutes = *amount * 60 + (at.take(Sym::y, Sym::half) ? 30 : 0);
        if (amount && !minutes && at.take(Sym::minute)) minutes = amount;
    }
    if (!minutes) return std::nullopt;
    auto mention = point({});
    mention.moment = context.now + base::Minutes(*minutes);
    return mention;
}

/// An end of a stretch needs no mark: "de 10 a 2".
std::optional<SaidHour> read_end(Reading& at, Demand demand) {
    auto const is_opened = take_opening(at).has_value();
    if (at.take(Sym::midnight)) return SaidHour{day_end, Mark::exact};
    if (at.sees(Sym::part, 1)) at.take(Sym::el);
    if (at.sees(Sym::part) && at.peek().value == static_cast<int>(PartOfDay::midday)) {
        at.skip();
        return SaidHour{720, Mark::exact};
    }
    auto const is_year = at.peek().digits > 2 && !is_opened; // "desde 2019"
    auto const is_announced = is_opened && demand == Demand::opened && !at.sees(Sym::about, -1);
    return read_point(at, is_year ? Demand::marked : is_announced ? Demand::announced : demand);
}

/// A mark at the end holds for both, unless the stretch would then run backwards.
SaidHour marked_like(SaidHour from, SaidHour to) {
    auto const marked = SaidHour{from.minutes, to.mark, from.exists};
    auto const is_open = from.mark == Mark::none && to.mark != Mark::none && to.mark != Mark::exact;
    return is_open && read_clock(marked).time < read_clock(to).time ? marked : from;
}

bool is_before_month(Reading at) { return at.take(Sym::de) && (at.sees(Sym::month) || at.sees(Sym::mar)); }

constexpr auto between_cases = std::to_array<Case>({{"entre 4 y 6", "16:00..18:00"},
                                                    {"entre las 4 y media y las 6", "16:30..18:00"},
                                                    {"entre 5 y 6 y media", "17:00..18:30"},
                                                    {"de 10 a 2", "10:00..14:00"},
                                                    {"de 8 a 10", "08:00..10:00"},
                                                    {"de 9 a 1 de la tarde", "09:00..13:00"},
                                                    {"entre las 5 y las 7 de la tarde", "17:00..19:00"},
                                                    {"de 17 a 19 hs", "17:00..19:00"},
                                                    {"17:00 - 19:00", "17:00..19:00"},
                                                    {"10:00-12:00", "10:00..12:00"},
                                                    {"mañana de 9:30 a 11", "2026-10-22 09:30..11:00"},
                                                    {"desde las 4 hasta las 6", "16:00..18:00"},
                                                    {"between 3 and 5 pm", "15:00..17:00"},
                                                    {"los dos a las 18", "18:00"},
                                                    {"de 5 a 6 mechas", "17:00..18:00"},
                                                    {"niños de 5 a 9 años", ""},
                                                    {"de 20 a 30 euros", ""},
                                                    {"entre 20 y 25 cada una", ""}});
std::optional<Mention> read_between(Reading& at, Context const&) {
    auto const is_between = at.take(Sym::between);
    auto const is_opened = is_between || at.take(Sym::de) || at.take(Sym::from) || at.take(Sym::about);
    auto const is_in_place = is_opened || is_after_moment(at);
    auto const start = at.place();
    auto const is_in_words = at.peek().digits == 0;
    auto const from = read_end(at, is_between ? Demand::between : Demand::opened);
    if (!from) return std::nullopt;
    // "los dos a las 18" are two people
    auto const is_joined_by_a = at.sees(Sym::a) && (at.sees(Sym::las, 1) || at.sees(Sym::la, 1));
    if (is_joined_by_a && !is_opened && from->mark == Mark::none) return std::nullopt;
    if (!is_opened && is_in_words && at.sees(Sym::to_hour)) return std::nullopt; // "twenty to six"
    auto const is_dashed = at.take_sign('-');
    if (!is_dashed && !(is_between && at.take(Sym::y)) && !at.take_any_of({Sym::a, Sym::upto, Sym::to_hour}))
        return std::nullopt;
    auto const to = read_end(at, is_opened ? Demand::announced : Demand::opened);
    if (!to || is_before_month(at)) return std::nullopt;
    auto const is_marked = from->mark != Mark::none || to->mark != Mark::none || at.place() > start + 5;
    if (!is_in_place && !is_marked) return std::nullopt;
    auto const is_no_hour = from->minutes > day_end || to->minutes > day_end; // "entre 20 y 25 cada una"
    if ((!is_opened || is_no_hour) && (!from->exists || !to->exists)) return std::nullopt;
    return stretch(marked_like(*from, *to), *to);
}

constexpr auto bound_cases = std::to_array<Case>({{"después de las 6", "18:00..24:00"},
                                                  {"a partir de las 17:30", "17:30..24:00"},
                                                  {"pasadas las 6", "18:00..24:00"},
                                                  {"no antes de las 3", "15:00..24:00"},
                                                  {"desde las 5", "17:00..24:00"},
                                                  {"después del mediodía", "12:00..24:00"},
                                                  {"antes de las 12", "00:00..12:00"},
                                                  {"hasta las 2", "00:00..14:00"},
                                                  {"a más tardar a las 6", "00:00..18:00"},
                                                  {"después de las 8", "..24:00 am_pm[08:00,20:00]"},
                                                  {"after 6pm today", "2026-10-21 18:00..24:00"},
                                                  {"hasta 6 cuotas", ""},
                                                  {"os sigo desde 2019", ""}});
std::optional<Mention> read_bound(Reading& at, Context const&) {
    auto const is_since = at.take(Sym::since) || at.take(Sym::from);
    if (!is_since && !at.take_any_of({Sym::until, Sym::upto, Sym::at_latest})) return std::nullopt;
    at.take(Sym::de);
    auto const hour = read_end(at, Demand::opened);
    if (!hour) return std::nullopt;
    return is_since ? since(*hour) : until(*hour);
}

/// What may follow an hour and makes it a bound.
HourMention with_bound(Reading& at, SaidHour hour) {
    if (at.take(Sym::onwards)) return since(hour);
    auto const is_end =
        at.sees(Sym::at_latest) && !at.sees(Sym::number, 1) && !at.sees(Sym::las, 1) && !at.sees(Sym::las, 2);
    if (!is_end) return point(hour);
    at.skip();
    return until(hour);
}

constexpr auto opened_cases =
    std::to_array<Case>({{"a las 5", "17:00"},
                         {"alas 5", "17:00"},
                         {"el otro martes a las 4 corte", "16:00 which_week[2026-10-27,2026-11-03]"},
                         {"a las 5 y cuarto mechas", "17:15"},
                         {"mañana a las 10 y 20 manicure", "2026-10-22 10:20"},
                         {"a las sinco ymedia", "17:30"},
                         {"a las dies i cuarto", "10:15"},
                         {"a la una y media", "13:30"},
                         {"a las 8", "am_pm[08:00,20:00]"},
                         {"a las 6 menos cuarto", "17:45"},
                         {"a la 1 menos cuarto", "12:45"},
                         {"a las 17 hs", "17:00"},
                         {"a las diecisiete treinta", "17:30"},
                         {"a las 10 para las 4", "15:50"},
                         {"tipo 6", "18:00"},
                         {"como a las 4 y algo", "16:00"},
                         {"a eso de las 5 y pico", "17:00"},
                         {"a las 12 de la noche", "00:00"},
                         {"a las 5 ½", "17:30"},
                         {"de las 5 en adelante", "17:00..24:00"},
                         {"a las 6 como muy tarde", "00:00..18:00"},
                         {"a las 25", "invalid_time[]"},
                         {"a las 5:75", "invalid_time[]"},
                         {"a las 6'30", "18:30"},
                         {"at 5", "17:00"},
                         {"como 3 personas", ""}});
std::optional<Mention> read_opened(Reading& at, Context const&) {
    at.take(Sym::de);
    auto const opening = take_opening(at);
    if (!opening) return std::nullopt;
    if (auto const hour = attempt(at, read_minutes_to)) return point(*hour);
    if (*opening == Opening::loose && at.sees(Sym::about, -1) && at.peek().value == 1 && at.peek().digits == 0)
        return std::nullopt;
    auto const said = at.peek().value;
    auto const is_announced = !at.sees(Sym::about, -1);
    auto const hour = read_point(at, is_announced ? Demand::announced : Demand::opened);
    if (!hour || (!hour->exists && *opening != Opening::firm)) return std::nullopt;
    auto const is_one = said == 1 || said == 13 || hour->mark != Mark::none;
    if (*opening == Opening::one && !is_one) return std::nullopt;
    return with_bound(at, *hour);
}

constexpr auto minutes_to_cases = std::to_array<Case>({{"cuarto para las 5 el sábado", "2026-10-24 16:45"},
                                                       {"un cuarto para las 6", "17:45"},
                                                       {"faltando diez para las 4", "15:50"},
                                                       {"quarter past nine", "09:15"},
                                                       {"half past four", "16:30"},
                                                       {"twenty to six", "17:40"},
                                                       {"somos 5 para las 6", "18:00"}});
std::optional<Mention> read_to_or_past(Reading& at, Context const&) {
    auto const is_count = at.sees(Sym::number) && (at.sees(Sym::size, -1) || at.sees(Sym::para, -1));
    if (is_count) return std::nullopt;
    auto const hour = read_minutes_to(at);
    return hour ? std::optional<Mention>(point(*hour)) : std::nullopt;
}

constexpr auto marked_cases = std::to_array<Case>({{"5pm", "17:00"},
                                                   {"5 p. m.", "17:00"},
                                                   {"730 pm", "19:30"},
                                                   {"17.30h", "17:30"},
                                                   {"17h30", "17:30"},
                                                   {"08:30", "08:30"},
                                                   {"5 y media", "17:30"},
                                                   {"6 menos cuarto mejor", "17:45"},
                                                   {"9 hs", "09:00"},
                                                   {"12 m", "12:00"},
                                                   {"12 de la mañana", "12:00"},
                                                   {"el viernes 17.30", "2026-10-23 17:30"},
                                                   {"el tinte 7.35", ""},
                                                   {"talla 38 y media", ""}});
std::optional<Mention> read_marked(Reading& at, Context const&) {
    auto const is_article =
        at.sees(Sym::number) && at.peek().digits == 0 && at.peek().value == 1 && at.sees(Sym::hour_unit, 1);
    if (is_article) return std::nullopt;
    auto const hour = read_point(at, Demand::marked);
    return hour ? std::optional<Mention>(with_bound(at, *hour)) : std::nullopt;
}

/// "mañana 14", "a las 11 o 12"
constexpr auto bare_cases = std::to_array<Case>({{"mañana 14", "2026-10-22 14:00"},
                                                 {"hoy 6", "2026-10-21 18:00"},
                                                 {"a las 5 o 6", "several[17:00,18:00]"},
                                                 {"mañana 2 cortes", "2026-10-22"}});
std::optional<Mention> read_bare(Reading& at, Context const& context) {
    auto const is_after_day = at.sees(Sym::relative, -1) || at.sees(Sym::manana, -1) || at.sees(Sym::pasado, -1);
    auto const is_second = context.after_hour && (at.sees(Sym::o, -1) || at.sees(Sym::y, -1));
    auto const is_article = at.peek().digits == 0 && at.peek().value == 1;
    if ((!is_after_day && !is_second) || is_article) return std::nullopt;
    auto const hour = read_point(at, Demand::opened);
    return hour && hour->exists ? std::optional<Mention>(with_bound(at, *hour)) : std::nullopt;
}

constexpr auto midnight_cases =
    std::to_array<Case>({{"a medianoche", "00:00"}, {"mañana a media noche", "2026-10-22 00:00"}});
std::optional<Mention> read_midnight(Reading& at, Context const&) {
    return at.take(Sym::midnight) ? std::optional<Mention>(point({0, Mark::exact})) : std::nullopt;
}

constexpr auto rules = std::to_array<Rule>({{"hours counted from now", read_from_now, from_now_cases},
                                            {"hours from and to", read_between, between_cases},
                                            {"an open end", read_bound, bound_cases},
                                            {"midnight", read_midnight, midnight_cases},
                                            {"an hour announced", read_opened, opened_cases},
                                            {"minutes to or past the hour", read_to_or_past, minutes_to_cases},
                                            {"an hour that shows itself", read_marked, marked_cases},
                                            {"a bare hour after a day", read_bare, bare_cases}});

} // namespace

std::span<Rule const> hour_rules() { return rules; }

bool is_before_hour(Reading at, Context const& context) {
    for (auto const& rule : {read_between, read_opened, read_marked}) {
        if (attempt(at, [&](Reading& here) { return rule(here, context); })) return true;
    }
    return false;
}

} // namespace language
