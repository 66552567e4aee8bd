#include <array>

#include "language/when_rules.hpp"

namespace language {

namespace {

PartMention named(int part) {
    auto const named_part = static_cast<PartOfDay>(part);
    return {.part = named_part, .days_from_today = {}, .is_noon = named_part == PartOfDay::midday};
}

constexpr auto part_cases = std::to_array<Case>({{"por la tarde", "afternoon"},
                                                 {"mañana a la mañana", "2026-10-22 morning"},
                                                 {"a primera hora", "first"},
                                                 {"a 1ª hora de la tarde", "after_lunch"},
                                                 {"por la mañana temprano", "early"},
                                                 {"a última hora de la tarde", "evening"},
                                                 {"al mediodía", "12:00 midday"},
                                                 {"tipo mediodía", "12:00 midday"},
                                                 {"lo antes posible", "asap"},
                                                 {"el primer turno del viernes", "2026-10-23 first"},
                                                 {"a la hora de colación", "midday", "CL"},
                                                 {"al salir del laburo", "after_work", "AR"},
                                                 {"se me hizo tarde", ""},
                                                 {"buenas tardes", ""}});
std::optional<Mention> read_part(Reading& at, Context const&) {
    auto const is_midday = at.sees(Sym::part, 1) && at.peek(1).value == static_cast<int>(PartOfDay::midday);
    if (is_midday) at.take(Sym::about);
    if (at.take(Sym::lunch)) return PartMention{PartOfDay::midday};
    auto part = at.take_value(Sym::part);
    if (!part) part = at.take_value(Sym::part_of);
    return part ? std::optional<Mention>(named(*part)) : std::nullopt;
}

constexpr auto today_cases = std::to_array<Case>({{"esta tarde", "2026-10-21 afternoon"},
                                                  {"esta noche a las 9", "2026-10-21 21:00"},
                                                  {"¿podéis ahora mismo?", "2026-10-21 asap"},
                                                  {"al tiro", "2026-10-21 asap", "CL"},
                                                  {"anoche", "2026-10-20 night past[]"}});
std::optional<Mention> read_part_of_today(Reading& at, Context const&) {
    if (at.take(Sym::last_night)) return PartMention{PartOfDay::night, -1};
    auto const part = at.take_value(Sym::part_today);
    return part ? std::optional<Mention>(PartMention{static_cast<PartOfDay>(*part), 0}) : std::nullopt;
}

/// "ya" and "ahora" are mostly said of other things: "ya pagué", "ahora te digo".
constexpr auto now_cases = std::to_array<Case>({{"ahorita", "2026-10-21 asap", "MX"},
                                                {"¿ahorita se puede?", "2026-10-21 asap", "MX"},
                                                {"¿puedo ir ya?", "2026-10-21 asap"},
                                                {"ya pagué", ""},
                                                {"ahora te digo", ""}});
std::optional<Mention> read_now(Reading& at, Context const&) {
    auto const was_trip = at.sees(Sym::begins_trip, -1);
    if (at.take(Sym::now))
        return at.sees(Sym::talk) || at.sees(Sym::que) ? std::nullopt
                                                       : std::optional<Mention>(PartMention{PartOfDay::asap, 0});
    if (!was_trip || !at.take(Sym::ya) || !at.sees(Sym::sign)) return std::nullopt;
    return PartMention{PartOfDay::asap, 0};
}

/// "el jueves tarde", "el sábado de mañana", "mañana noche": the bare word right behind a day.
constexpr auto after_day_cases = std::to_array<Case>({{"el viernes noche", "2026-10-23 night"},
                                                      {"el jueves tarde", "2026-10-22 afternoon"},
                                                      {"el sábado de mañana", "2026-10-24 morning", "AR"},
                                                      {"mañana de mañana", "2026-10-22 morning", "AR"}});
std::optional<Mention> read_part_after_day(Reading& at, Context const& context) {
    if (!at.sees(Sym::weekday, -1) && !at.sees(Sym::relative, -1) && !at.sees(Sym::manana, -1)) return std::nullopt;
    if (at.take(Sym::tarde)) return named(static_cast<int>(PartOfDay::afternoon));
    if (at.take(Sym::noche)) return named(static_cast<int>(PartOfDay::night));
    auto const day_named = at.sees(Sym::weekday, -1) ? static_cast<unsigned>(at.peek(-1).value) : 0;
    auto const is_tomorrow = day_named == base::iso_weekday(context.today() + std::chrono::days(1));
    if (at.take(Sym::de, Sym::manana)) return named(static_cast<int>(PartOfDay::morning));
    if (day_named == 0 || is_tomorrow || !at.take(Sym::manana)) return std::nullopt;
    return named(static_cast<int>(PartOfDay::morning));
}

constexpr auto rules = std::to_array<Rule>({{"a part of the day", read_part, part_cases},
                                            {"a part of today", read_part_of_today, today_cases},
                                            {"now", read_now, now_cases},
                                            {"a part right behind its day", read_part_after_day, after_day_cases}});

} // namespace

std::span<Rule const> part_rules() { return rules; }

} // namespace language
