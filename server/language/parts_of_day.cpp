#include <array>

#include "language/when_hours.hpp"

namespace language {

namespace {

constexpr TimeWindow minutes(int from, int to) { return {base::Minutes(from), base::Minutes(to)}; }
constexpr TimeWindow whole_hours(int from, int to) { return minutes(from * 60, to * 60); }

struct PartPhrase {
    std::string_view phrase;
    PartOfDay part;
    std::optional<int> days_from_today = {};
};
/// Longer phrases first where one begins like another.
constexpr auto part_phrases = std::to_array<PartPhrase>({{"a primera hora de la tarde", PartOfDay::after_lunch},
                                                         {"a ultima hora de la tarde", PartOfDay::evening},
                                                         {"a ultima hora de la manana", PartOfDay::late_morning},
                                                         {"a primera hora de la manana", PartOfDay::first},
                                                         {"a primera hora", PartOfDay::first},
                                                         {"primera hora de la manana", PartOfDay::first},
                                                         {"lo mas temprano posible", PartOfDay::first},
                                                         {"a ultima hora", PartOfDay::last},
                                                         {"lo mas tarde posible", PartOfDay::last},
                                                         {"cuanto antes", PartOfDay::asap},
                                                         {"lo antes posible", PartOfDay::asap},
                                                         {"lo mas pronto posible", PartOfDay::asap},
                                                         {"el primer hueco", PartOfDay::asap},
                                                         {"el primer turno", PartOfDay::asap},
                                                         {"la primera hora", PartOfDay::asap},
                                                         {"la primera cita", PartOfDay::asap},
                                                         {"primer hueco", PartOfDay::asap},
                                                         {"primer turno", PartOfDay::asap},
                                                         {"as soon as possible", PartOfDay::asap},
                                                         {"asap", PartOfDay::asap},
                                                         {"ahora mismo", PartOfDay::asap, 0},
                                                         {"ahorita", PartOfDay::asap, 0},
                                                         {"ahora", PartOfDay::asap, 0},
                                                         {"al tiro", PartOfDay::asap, 0},
                                                         {"ya mismo", PartOfDay::asap, 0},
                                                         {"right now", PartOfDay::asap, 0},
                                                         {"a media manana", PartOfDay::mid_morning},
                                                         {"media manana", PartOfDay::mid_morning},
                                                         {"antes de comer", PartOfDay::late_morning},
                                                         {"antes de almorzar", PartOfDay::late_morning},
                                                         {"antes del almuerzo", PartOfDay::late_morning},
                                                         {"despues de comer", PartOfDay::after_lunch},
                                                         {"despues de almorzar", PartOfDay::after_lunch},
                                                         {"despues del almuerzo", PartOfDay::after_lunch},
                                                         {"despues de almuerzo", PartOfDay::after_lunch},
                                                         {"a la hora de almuerzo", PartOfDay::midday},
                                                         {"a la hora del almuerzo", PartOfDay::midday},
                                                         {"a la hora de comer", PartOfDay::midday},
                                                         {"a media tarde", PartOfDay::afternoon},
                                                         {"tarde noche", PartOfDay::evening},
                                                         {"tarde - noche", PartOfDay::evening},
                                                         {"tardecita", PartOfDay::evening},
                                                         {"nochecita", PartOfDay::night},
                                                         {"despues del trabajo", PartOfDay::after_work},
                                                         {"al salir del trabajo", PartOfDay::after_work},
                                                         {"a la salida del trabajo", PartOfDay::after_work},
                                                         {"a la salida del cole", PartOfDay::after_work},
                                                         {"despues de trabajar", PartOfDay::after_work},
                                                         {"after work", PartOfDay::after_work},
                                                         {"a cualquier hora", PartOfDay::any},
                                                         {"cualquier hora", PartOfDay::any},
                                                         {"a la hora que sea", PartOfDay::any},
                                                         {"any time", PartOfDay::any},
                                                         {"anytime", PartOfDay::any},
                                                         {"tempranito", PartOfDay::early},
                                                         {"temprano", PartOfDay::early},
                                                         {"early", PartOfDay::early},
                                                         {"por la manana", PartOfDay::morning},
                                                         {"en la manana", PartOfDay::morning},
                                                         {"a la manana", PartOfDay::morning},
                                                         {"de la manana", PartOfDay::morning},
                                                         {"la manana", PartOfDay::morning},
                                                         {"esta manana", PartOfDay::morning, 0},
                                                         {"this morning", PartOfDay::morning, 0},
                                                         {"morning", PartOfDay::morning},
                                                         {"por la tarde", PartOfDay::afternoon},
                                                         {"esta tarde", PartOfDay::afternoon, 0},
                                                         {"this afternoon", PartOfDay::afternoon, 0},
                                                         {"esta noche", PartOfDay::night, 0},
                                                         {"this evening", PartOfDay::evening, 0},
                                                         {"por las tardes", PartOfDay::afternoon},
                                                         {"en la tarde", PartOfDay::afternoon},
                                                         {"a la tarde", PartOfDay::afternoon},
                                                         {"de la tarde", PartOfDay::afternoon},
                                                         {"de tarde", PartOfDay::afternoon},
                                                         {"la tarde", PartOfDay::afternoon},
                                                         {"afternoon", PartOfDay::afternoon},
                                                         {"evening", PartOfDay::evening},
                                                         {"por la noche", PartOfDay::night},
                                                         {"en la noche", PartOfDay::night},
                                                         {"a la noche", PartOfDay::night},
                                                         {"de la noche", PartOfDay::night},
                                                         {"de noche", PartOfDay::night},
                                                         {"la noche", PartOfDay::night},
                                                         {"tonight", PartOfDay::night, 0},
                                                         {"anoche", PartOfDay::night, -1},
                                                         {"night", PartOfDay::night}});

} // namespace

TimeWindow window_of(PartOfDay part, std::string_view country) {
    switch (part) {
    case PartOfDay::early: return whole_hours(7, 10);
    case PartOfDay::morning: return whole_hours(6, 13);
    case PartOfDay::mid_morning: return minutes(600, 750);
    case PartOfDay::late_morning: return whole_hours(12, 14);
    case PartOfDay::midday: return whole_hours(12, country == "ES" ? 16 : 14);
    case PartOfDay::after_lunch: return minutes(840, 990);
    case PartOfDay::afternoon: return whole_hours(13, 20);
    case PartOfDay::evening: return minutes(1050, 1230);
    case PartOfDay::night: return whole_hours(19, 23);
    case PartOfDay::after_work: return whole_hours(17, 21);
    case PartOfDay::none:
    case PartOfDay::asap:
    case PartOfDay::first:
    case PartOfDay::last:
    case PartOfDay::any: break;
    }
    return whole_hours(0, 24);
}

std::optional<PartMention> read_part(Cursor& at) {
    constexpr auto middays = std::to_array<std::string_view>(
        {"al mediodia", "al medio dia", "a mediodia", "a medio dia", "tipo mediodia", "tipo medio dia",
         "como a medio dia", "como al mediodia", "mediodia", "medio dia", "at noon", "noon", "midday"});
    if (at.take_any(middays)) return PartMention{PartOfDay::midday};
    for (auto const& [phrase, part, days] : part_phrases) {
        if (at.take(phrase)) return PartMention{part, days};
    }
    return std::nullopt;
}

Mark mark_of(PartOfDay part) {
    switch (part) {
    case PartOfDay::early:
    case PartOfDay::morning:
    case PartOfDay::mid_morning:
    case PartOfDay::late_morning:
    case PartOfDay::first: return Mark::morning;
    case PartOfDay::midday: return Mark::midday;
    case PartOfDay::after_lunch:
    case PartOfDay::afternoon:
    case PartOfDay::evening:
    case PartOfDay::after_work: return Mark::afternoon;
    case PartOfDay::night: return Mark::night;
    case PartOfDay::none:
    case PartOfDay::asap:
    case PartOfDay::last:
    case PartOfDay::any: break;
    }
    return Mark::none;
}

} // namespace language
