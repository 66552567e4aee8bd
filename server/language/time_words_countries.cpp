#include <array>

#include "language/time_words.hpp"

namespace language {

namespace {

constexpr auto spain = std::to_array<TimeWord>({
    {"despues de la comida", Sym::part, PartOfDay::after_lunch},
    {"antes de la comida", Sym::part, PartOfDay::late_morning},
    {"a la hora de la comida", Sym::lunch},
    {"al salir de el curro", Sym::part, PartOfDay::after_work},
    {"al salir del curro", Sym::part, PartOfDay::after_work},
    {"despues del curro", Sym::part, PartOfDay::after_work},
    {"saliendo del curro", Sym::part, PartOfDay::after_work},
    {"cuando salga del curro", Sym::part, PartOfDay::after_work},
    {"a la vuelta del cole", Sym::part, PartOfDay::after_work},
    {"la tardecilla", Sym::part, PartOfDay::evening},
});

constexpr auto mexico = std::to_array<TimeWord>({
    {"despues de la comida", Sym::part, PartOfDay::after_lunch},
    {"antes de la comida", Sym::part, PartOfDay::late_morning},
    {"a la hora de la comida", Sym::lunch},
    {"saliendo de la chamba", Sym::part, PartOfDay::after_work},
    {"al salir de la chamba", Sym::part, PartOfDay::after_work},
    {"despues de la chamba", Sym::part, PartOfDay::after_work},
    {"saliendo del jale", Sym::part, PartOfDay::after_work},
    {"saliendo de la escuela", Sym::part, PartOfDay::after_work},
    {"ahoritita", Sym::part_today, PartOfDay::asap},
});

constexpr auto colombia = std::to_array<TimeWord>({
    {"despues de la hora de almuerzo", Sym::part, PartOfDay::after_lunch},
    {"despues de medio dia", Sym::part, PartOfDay::after_lunch},
    {"tardecito", Sym::plus}, // "más tardecito": later, of the time agreed
    {"en la nochecita", Sym::part, PartOfDay::night},
    {"saliendo de la oficina", Sym::part, PartOfDay::after_work},
    {"despues del camello", Sym::part, PartOfDay::after_work},
    {"saliendo del camello", Sym::part, PartOfDay::after_work},
    {"a la salida de la u", Sym::part, PartOfDay::after_work},
    {"de una vez", Sym::part_today, PartOfDay::asap},
});

constexpr auto argentina = std::to_array<TimeWord>({
    {"de manana temprano", Sym::part, PartOfDay::early},
    {"a la mananita", Sym::part, PartOfDay::early},
    {"al salir del laburo", Sym::part, PartOfDay::after_work},
    {"cuando salgo del laburo", Sym::part, PartOfDay::after_work},
    {"despues del laburo", Sym::part, PartOfDay::after_work},
    {"saliendo del laburo", Sym::part, PartOfDay::after_work},
    {"despues de laburar", Sym::part, PartOfDay::after_work},
    {"a la siesta", Sym::part, PartOfDay::after_lunch},
    {"a la hora de la siesta", Sym::part, PartOfDay::after_lunch},
    {"pleno mediodia", Sym::part, PartOfDay::midday},
});

constexpr auto chile = std::to_array<TimeWord>({
    {"a la hora de colacion", Sym::lunch},
    {"en la hora de colacion", Sym::lunch},
    {"despues de colacion", Sym::part, PartOfDay::after_lunch},
    {"despues de la colacion", Sym::part, PartOfDay::after_lunch},
    {"antes de la colacion", Sym::part, PartOfDay::late_morning},
    {"despues de la pega", Sym::part, PartOfDay::after_work},
    {"saliendo de la pega", Sym::part, PartOfDay::after_work},
    {"al salir de la pega", Sym::part, PartOfDay::after_work},
    {"en la tardecita", Sym::part, PartOfDay::evening},
    {"a la tardecita", Sym::part, PartOfDay::evening},
});

} // namespace

std::span<TimeWord const> words_of_country(std::string_view country) {
    if (country == "ES") return spain;
    if (country == "MX") return mexico;
    if (country == "CO") return colombia;
    if (country == "AR") return argentina;
    if (country == "CL") return chile;
    return {};
}

} // namespace language
