// What customers write, read on one core: phrases a second, and how the time grows with the text.
#include <benchmark/benchmark.h>

#include <array>
#include <string>

#include "language/when.hpp"

namespace language {
namespace {

constexpr auto phrases =
    std::to_array<std::string_view>({"mañana a las 5 de la tarde",
                                     "el viernes a las 16:00",
                                     "el finde",
                                     "de hoy en ocho",
                                     "17.30h",
                                     "la otra semana el miércoles 10am",
                                     "el jueves que viene no, el siguiente",
                                     "mañana a las 11, no, mejor a las 12",
                                     "Hola buenas quería hora pa cortarme el pelo mañana a las 10 (de mujer)",
                                     "el juevez a las 15:00",
                                     "tengo 30 años y nunca me he teñido",
                                     "hola, ¿qué tal? ¿cuánto cuesta el tinte?",
                                     "buenas me regala una cita pa manicure mañana a las 3 porfa",
                                     "no puedo el jueves, mejor el viernes a la 1",
                                     "entre las 4 y las 6 de la tarde",
                                     "el primer lunes de diciembre",
                                     "mi teléfono es el 600 11 12 13",
                                     "sí",
                                     "Thursday, no wait, Saturday at 10",
                                     "a fin de mes"});

void read_phrases(benchmark::State& state) {
    auto const now = *base::parse_local_time("2026-10-21T10:15");
    std::size_t next = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(read_when(phrases[next++ % phrases.size()], now, "ES"));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_phrases);

void read_a_long_text(benchmark::State& state) {
    auto const now = *base::parse_local_time("2026-10-21T10:15");
    auto text = std::string();
    while (text.size() < static_cast<std::size_t>(state.range(0)))
        text += "el viernes 5 y 6 o de 7 a 8 y media no, ";
    text.resize(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(read_when(text, now, "ES"));
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(read_a_long_text)->Arg(256)->Arg(1024)->Arg(4096)->Arg(10'000)->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace language
