#include <array>

#include "language/when_rules.hpp"

namespace language {

namespace {

constexpr auto greeting_cases = std::to_array<Case>({{"buenas tardes", ""},
                                                     {"buen día, quiero un turno para mañana", "2026-10-22"},
                                                     {"feliz domingo!", ""},
                                                     {"good morning", ""}});
std::optional<Mention> read_greeting(Reading& at, Context const&) {
    if (at.take(Sym::greeting)) return Aside();
    if (!at.take(Sym::wish)) return std::nullopt;
    auto const is_day = at.take_any_of({Sym::weekday, Sym::feast, Sym::weekend, Sym::day, Sym::week, Sym::tarde,
                                        Sym::noche, Sym::part, Sym::month, Sym::bridge});
    return is_day ? std::optional<Mention>(Aside()) : std::nullopt;
}

bool take_any_unit(Reading& at) {
    return at.take_any_of({Sym::unit, Sym::day, Sym::week, Sym::month_unit, Sym::hour_unit, Sym::minute, Sym::money});
}

/// "hace 3 meses", "tarda 40 minutos", "llego 10 minutos tarde"
constexpr auto duration_cases = std::to_array<Case>({{"hace 3 meses que no voy", ""},
                                                     {"tarda 40 minutos", ""},
                                                     {"llego 15 min tarde", ""},
                                                     {"llego a las 5", "17:00"}});
std::optional<Mention> read_duration(Reading& at, Context const&) {
    auto const is_arrival = at.sees(Sym::lasts) && at.peek().value == 1;
    if (!at.take(Sym::ago) && !at.take(Sym::lasts)) return std::nullopt;
    if (is_arrival && at.sees(Sym::en)) return std::nullopt; // "llego en 5 minutos"
    at.take_any_of({Sym::en, Sym::about, Sym::size});
    if (at.take(Sym::half_an_hour) || at.take(Sym::hour_and_half)) return Aside();
    if (!at.take_number(1, 999)) return std::nullopt;
    auto const is_length = take_any_unit(at) || at.take(Sym::hour_word);
    return is_length ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// "de 1h", "de 2 horas", "unos 20 minutos": how long, not when.
constexpr auto length_cases =
    std::to_array<Case>({{"un masaje de 1h", ""}, {"sesión de 2 horas y media", ""}, {"unas 3h", ""}});
std::optional<Mention> read_length(Reading& at, Context const&) {
    constexpr auto longest_hours = 6;
    if (!at.take(Sym::de) && !at.take(Sym::size)) return std::nullopt;
    if (at.take(Sym::half_an_hour) || at.take(Sym::hour_and_half)) return Aside();
    auto const amount = at.take_number(1, 999);
    if (!amount) return std::nullopt;
    auto const is_hours = *amount <= longest_hours && at.take(Sym::hour_word) && !at.sees(Sym::number) &&
                          !at.sees(Sym::a) && !at.sees(Sym::upto) && !at.sees_sign('-');
    if (!is_hours && !at.take(Sym::hour_unit) && !at.take(Sym::minute)) return std::nullopt;
    at.take(Sym::y, Sym::half);
    return Aside();
}

/// One number in figures: "15.000", "12,50" and "7.1" are one.
std::optional<std::size_t> take_figures(Reading& at) {
    if (at.peek().digits == 0) return std::nullopt;
    auto digits = std::size_t{at.peek().digits};
    at.skip();
    while (at.is_glued() && (at.sees_sign('.') || at.sees_sign(',')) && at.peek(1).glued && at.peek(1).digits > 0) {
        digits += at.peek(1).digits;
        at.move_to(at.place() + 2);
    }
    return digits;
}

bool take_money_sign(Reading& at) { return at.take_sign('$') || at.take_sign(sign_euro); }

constexpr auto price_cases =
    std::to_array<Case>({{"cuesta $300?", ""}, {"15.000 pesos", ""}, {"el corte de 15€", ""}, {"te pago 12,50", ""}});
std::optional<Mention> read_price(Reading& at, Context const&) {
    auto const has_sign = take_money_sign(at);
    if (!take_figures(at)) return std::nullopt;
    auto const is_price = has_sign || take_money_sign(at) || at.take(Sym::money);
    return is_price ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// "2 personas", "de 4 y 6 años", "3 o 4 cortes", "50%"
constexpr auto count_cases = std::to_array<Case>({{"somos 2 o 3 personas", ""},
                                                  {"niños de 4 y 6 años", ""},
                                                  {"tengo 30 años", ""},
                                                  {"50% de descuento", ""},
                                                  {"19 horas", "19:00"},
                                                  {"mañana 10 corte", "2026-10-22 10:00"},
                                                  {"15 minutos", ""}});
std::optional<Mention> read_count(Reading& at, Context const&) {
    at.take(Sym::de);
    if (at.peek().digits > 0 ? !take_figures(at) : !at.take_number(0, 999)) return std::nullopt;
    attempt(at, [](Reading& here) {
        auto const is_joined = here.take_any_of({Sym::o, Sym::y, Sym::a}) || here.take_sign('-');
        return is_joined ? here.take_number(0, 999) : std::nullopt;
    });
    if (is_before_service(at)) { // "mañana 10 corte" and "de 5 a 6 mechas" are hours
        auto const is_stretch = at.sees(Sym::a, -2) || at.sees_sign('-', -2);
        auto const is_one_of_many = at.peek().value == 2 && at.peek(-1).value != 1;
        if (is_stretch || is_one_of_many) return std::nullopt;
    }
    auto const is_clock = at.sees(Sym::hour_unit) && at.peek(-1).value > 12; // "19 horas"
    auto const is_count = !is_clock && (take_any_unit(at) || at.take_sign('%'));
    auto const is_distance =
        at.sees(Sym::until) || at.sees(Sym::since) || at.sees(Sym::from); // "dos días antes de Navidad"
    if (is_distance && (at.sees(Sym::day, -1) || at.sees(Sym::week, -1))) return std::nullopt;
    return is_count ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// A telephone or a document: eight digits or more in a row, with spaces, dots and dashes between them, which begin
/// with no date.
constexpr auto long_number_cases = std::to_array<Case>({{"mi teléfono es el 600 11 12 13", ""},
                                                        {"+54 9 11 5555-1234", ""},
                                                        {"12345678Z", ""},
                                                        {"600-11-12-13 mañana a las 5", "2026-10-22 17:00"},
                                                        {"05-11-2026 17:30", "2026-11-05 17:30"}});
std::optional<Mention> read_long_number(Reading& at, Context const&) {
    constexpr std::size_t shortest = 8;
    auto const has_plus = at.take_sign('+');
    auto const is_year =
        at.peek().digits == 4 && at.peek().value >= 2020 && at.peek().value <= 2100 && at.sees_sign('-', 1);
    auto const is_date = at.peek().digits <= 2 && at.peek().value <= 31 &&
                         (at.sees_sign('-', 1) || at.sees_sign('.', 1)) && at.peek(2).digits > 0 &&
                         at.peek(2).value <= 12 && at.peek(3).sym == Sym::sign &&
                         at.peek(3).value == at.peek(1).value &&
                         (at.peek(4).digits == 2 || (at.peek(4).digits == 4 && at.peek(4).value <= 2100));
    if (!has_plus && (is_year || is_date)) return std::nullopt;
    auto digits = std::size_t{0};
    while (at.peek().digits > 0) {
        digits += at.peek().digits;
        at.skip();
        auto const is_joined = (at.sees_sign('-') || at.sees_sign('.')) && at.peek(1).digits > 0;
        if (is_joined) at.skip();
        if (at.sees_sign(':', 1) && at.peek(1).glued) break; // the hour behind it
    }
    return digits >= shortest || (has_plus && digits > 0) ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// "calle 9 de julio 1530", "cra 7 # 12-30", "piso 3"
constexpr auto address_cases = std::to_array<Case>({{"vivo en calle 9 de julio 1530", ""},
                                                    {"calle Mayor 5, 3º B", ""},
                                                    {"calle 10 # 5-23", "", "CO"},
                                                    {"en la calle Mayor el viernes", "2026-10-23"}});
std::optional<Mention> read_address(Reading& at, Context const&) {
    constexpr auto longest = 12;
    if (!at.take(Sym::address)) return std::nullopt;
    for (auto count = 0; count < longest && !at.at_end(); ++count) {
        auto const is_comma = at.sees_sign(',') && (at.sees(Sym::number, 1) || at.sees(Sym::address, 1));
        auto const is_part = at.sees(Sym::number) || at.sees(Sym::month) || at.sees(Sym::unknown) || at.sees(Sym::de) ||
                             at.sees(Sym::address) || at.sees(Sym::feast) || at.sees(Sym::size) || at.sees_sign('#') ||
                             at.sees_sign('-') || at.sees_sign(sign_ordinal) || at.sees_sign('.') || is_comma;
        if (!is_part) break;
        at.skip();
    }
    return Aside();
}

/// "talla 38", "tinte 7.1", "somos 3", "opción 2"; an hour behind such a word shows itself.
constexpr auto size_cases = std::to_array<Case>({{"talla 38", ""},
                                                 {"tinte 7.1", ""},
                                                 {"somos 4, mañana a las 5", "2026-10-22 17:00"},
                                                 {"opción 2", ""},
                                                 {"degradado al 2", ""},
                                                 {"tinte 17:30", "17:30"}});
std::optional<Mention> read_size(Reading& at, Context const& context) {
    if (!at.take(Sym::size) || is_before_hour(at, context)) return std::nullopt;
    at.take(Sym::a, Sym::el); // "degradado al 2"
    return take_figures(at) ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// People are called Julio, Abril, Domingo and Reyes.
constexpr auto name_cases = std::to_array<Case>({{"con Julio por favor", ""},
                                                 {"soy Abril, quería hora para el 28", "2026-10-28"},
                                                 {"con Domingo a las 5", "17:00"}});
std::optional<Mention> read_name(Reading& at, Context const&) {
    if (!at.take(Sym::introduction) && !at.take(Sym::con)) return std::nullopt;
    auto const is_name = at.take_any_of({Sym::month, Sym::weekday, Sym::mar});
    return is_name ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// "el otro día", "la primera vez", "por ahora"; "los lunes" is a habit.
constexpr auto saying_cases = std::to_array<Case>({{"el otro día fui", ""},
                                                   {"es la primera vez", ""},
                                                   {"hasta ahora", ""},
                                                   {"¿los lunes abrís?", ""},
                                                   {"puedo los martes y jueves", ""}});
std::optional<Mention> read_saying(Reading& at, Context const&) {
    if (at.take(Sym::talk)) return Aside();
    if (at.take(Sym::ordinal, Sym::unit)) return Aside();
    auto const is_habit = at.take(Sym::los, Sym::weekday) || at.take(Sym::los, Sym::holiday);
    while (is_habit && (at.take(Sym::y, Sym::weekday) || at.take(Sym::o, Sym::weekday))) {
    } // "los martes y jueves"
    return is_habit ? std::optional<Mention>(Aside()) : std::nullopt;
}

/// "una hora antes", "atrasarla media hora", "a la misma hora": of a time that is known elsewhere.
constexpr auto shift_cases = std::to_array<Case>(
    {{"una hora antes", ""}, {"15 minutos más tarde", ""}, {"pásamela al sábado misma hora", "2026-10-24"}});
std::optional<Mention> read_shift(Reading& at, Context const&) {
    if (at.take(Sym::same_hour)) return ShiftMention();
    constexpr auto words_between = 3;
    auto direction = at.take(Sym::earlier) ? -1 : at.take(Sym::later) ? 1 : 0;
    for (auto count = 0; direction != 0 && count < words_between; ++count)
        at.take_any_of({Sym::unknown, Sym::la, Sym::el, Sym::unit, Sym::about});
    auto minutes = at.take(Sym::half_an_hour) ? 30 : at.take(Sym::hour_and_half) ? 90 : 0;
    if (minutes == 0) {
        auto const amount = at.take_number(1, 240);
        minutes = amount && at.take(Sym::hour_unit) ? *amount * 60 : amount && at.take(Sym::minute) ? *amount : 0;
    }
    if (minutes == 0) return std::nullopt;
    if (direction == 0) direction = at.take(Sym::earlier) ? -1 : at.take(Sym::later) ? 1 : 0;
    return direction != 0 ? std::optional<Mention>(ShiftMention{base::Minutes(direction * minutes)}) : std::nullopt;
}

constexpr auto rules = std::to_array<Rule>({{"a greeting", read_greeting, greeting_cases},
                                            {"a change of a known time", read_shift, shift_cases},
                                            {"how long ago, how long it takes", read_duration, duration_cases},
                                            {"a length of time", read_length, length_cases},
                                            {"a price", read_price, price_cases},
                                            {"a count of things", read_count, count_cases},
                                            {"a telephone or document", read_long_number, long_number_cases},
                                            {"an address", read_address, address_cases},
                                            {"a size or a choice", read_size, size_cases},
                                            {"a name", read_name, name_cases},
                                            {"a saying", read_saying, saying_cases}});

} // namespace

std::span<Rule const> aside_rules() { return rules; }

} // namespace language
