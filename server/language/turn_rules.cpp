#include <array>

#include "language/when_rules.hpp"

namespace language {

namespace {

constexpr auto joined_cases =
    std::to_array<Case>({{"el jueves o el viernes", "several[2026-10-22,2026-10-23]"},
                         {"viernes, sábado o domingo", "several[2026-10-23,2026-10-24,2026-10-25]"},
                         {"la semana que viene el jueves o el viernes", "several[2026-10-29,2026-10-30]"},
                         {"a las 10, a las 11 o a las 12", "several[10:00,11:00,12:00]"},
                         {"jueves/viernes", "several[2026-10-22,2026-10-23]"},
                         {"a las 10 y 11", "several[10:00,11:00]"},
                         {"a las 11 o por la tarde", "several[11:00,afternoon]"},
                         {"el lunes a las 10 o el martes por la tarde", "several[2026-10-26,2026-10-27]"},
                         {"lunes y martes", "several[2026-10-26,2026-10-27]"},
                         {"por la mañana o por la tarde", "several[afternoon,morning]"},
                         {"el jueves a las 5 o el viernes a las 6", "several[2026-10-22T17:00,2026-10-23T18:00]"}});
std::optional<Mention> read_joint(Reading& at, Context const&) {
    if (at.take(Sym::o)) return Turn::alternative;
    return at.take(Sym::y) ? std::optional<Mention>(Turn::addition) : std::nullopt;
}

constexpr auto refusal_cases = std::to_array<Case>({{"no puedo el jueves, mejor el viernes", "2026-10-23"},
                                                    {"el viernes no puedo", ""},
                                                    {"hoy no, mañana", "2026-10-22"},
                                                    {"¿el viernes no?", "2026-10-23"},
                                                    {"¿el lunes no abrís?", "2026-10-26"},
                                                    {"el jueves me viene fatal, el lunes sí", "2026-10-26"},
                                                    {"mañana por la mañana no, por la tarde", "2026-10-22 afternoon"},
                                                    {"no puedo antes de las 5", "17:00..24:00"},
                                                    {"por la mañana mejor que por la tarde", "morning"},
                                                    {"en vez del jueves, el viernes", "2026-10-23"},
                                                    {"cualquier día menos el lunes", ""}});
std::optional<Mention> read_refusal(Reading& at, Context const&) {
    if (at.take(Sym::cannot)) return Turn::cannot;
    if (at.take(Sym::ni)) return Turn::cannot;
    if (at.take(Sym::except)) return Turn::except;
    if (at.take(Sym::wont_do)) return Turn::refused;
    return at.take(Sym::no) ? std::optional<Mention>(Turn::no) : std::nullopt;
}

constexpr auto correction_cases = std::to_array<Case>({{"mañana a las 11, no, mejor a las 12", "2026-10-22 12:00"},
                                                       {"el jueves, digo, el viernes", "2026-10-23"},
                                                       {"a las 10 o mejor a las 11", "11:00"},
                                                       {"Thursday, no wait, Saturday at 10", "2026-10-24 10:00"}});
std::optional<Mention> read_correction(Reading& at, Context const&) {
    if (at.take(Sym::instead)) return Turn::instead;
    return at.take(Sym::correction) ? std::optional<Mention>(Turn::correction) : std::nullopt;
}

constexpr auto successor_cases = std::to_array<Case>({{"el jueves que viene no, el siguiente", "2026-10-29"},
                                                      {"no este viernes, el otro", "2026-10-30"},
                                                      {"el viernes, pero no este, el otro", "2026-10-30"},
                                                      {"el próximo jueves no, el de la semana que viene", "2026-10-29"},
                                                      {"este finde no, el otro", "2026-10-31..2026-11-01"}});
std::optional<Mention> read_successor(Reading& at, Context const&) {
    if (!at.take_any_of({Sym::el, Sym::la, Sym::the})) return std::nullopt;
    if (at.take(Sym::de, Sym::next_week)) return Turn::successor;
    if (!at.take_any_of({Sym::other, Sym::next, Sym::after_next})) return std::nullopt;
    auto const is_of_more = at.sees(Sym::weekday) || at.sees(Sym::day) || at.sees(Sym::week) ||
                            at.sees(Sym::month_unit) || at.sees(Sym::unknown) || at.sees(Sym::weekend) ||
                            at.sees(Sym::unit);
    return is_of_more ? std::nullopt : std::optional<Mention>(Turn::successor);
}

constexpr auto rules = std::to_array<Rule>({{"the one after", read_successor, successor_cases},
                                            {"one moment and another", read_joint, joined_cases},
                                            {"a refusal", read_refusal, refusal_cases},
                                            {"a correction", read_correction, correction_cases}});

} // namespace

std::span<Rule const> turn_rules() { return rules; }

} // namespace language
