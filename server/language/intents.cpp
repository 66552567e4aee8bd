#include <algorithm>
#include <array>

#include "language/intent.hpp"
#include "language/tokens.hpp"

namespace language {

namespace {

/// A phrase and how strongly it speaks for an intent; from 1 on it is taken as said.
struct Clue {
    std::string_view phrase;
    double weight;
};
template <std::size_t count>
using Clues = std::array<Clue, count>;

// Phrases are folded: no accents, ñ is n.
constexpr auto book_clues = std::to_array<Clue>({{"cita", 1},
                                                 {"citas", 0.5},
                                                 {"turno", 1},
                                                 {"turnos", 1},
                                                 {"hueco", 1},
                                                 {"huecos", 1},
                                                 {"espacio", 1},
                                                 {"cupo", 1},
                                                 {"reserv*", 1},
                                                 {"agend*", 1},
                                                 {"apunta*", 1},
                                                 {"anota*", 1},
                                                 {"quiero hora", 1},
                                                 {"queria hora", 1},
                                                 {"pedir hora", 1},
                                                 {"tomar hora", 1},
                                                 {"una hora", 0.6},
                                                 {"hora para", 1},
                                                 {"hora con", 1},
                                                 {"teneis hora", 1},
                                                 {"tienen hora", 1},
                                                 {"tienes hora", 1},
                                                 {"hay hora", 1},
                                                 {"horas disponibles", 1},
                                                 {"sacar hora", 1},
                                                 {"dar hora", 1},
                                                 {"das hora", 1},
                                                 {"necesito hora", 1},
                                                 {"hay lugar", 1},
                                                 {"tenes lugar", 1},
                                                 {"tienen lugar", 1},
                                                 {"hay chance", 1},
                                                 {"hay campo", 1},
                                                 {"disponib*", 1},
                                                 {"me atiend*", 1},
                                                 {"me puedes atender", 1},
                                                 {"me pueden atender", 1},
                                                 {"se puede", 0.6},
                                                 {"ahorita", 0.4},
                                                 {"me gustaria", 0.6},
                                                 {"quiero", 0.6},
                                                 {"queria", 0.6},
                                                 {"quisiera", 0.6},
                                                 {"necesito", 0.6},
                                                 {"hacerme", 0.5},
                                                 {"cortarme", 0.5},
                                                 {"appointment", 1},
                                                 {"book", 1},
                                                 {"booking", 1},
                                                 {"slot", 1},
                                                 {"i want", 0.6},
                                                 {"i need", 0.6},
                                                 {"i would like", 0.6},
                                                 {"i d like", 0.6},
                                                 {"available", 1},
                                                 {"voldria hora", 1}});
constexpr auto move_clues = std::to_array<Clue>(
    {{"cambiar", 1},         {"cambia", 1},           {"cambiarla", 1},        {"cambiarlo", 1},
     {"cambiala", 1},        {"cambialo", 1},         {"cambiela", 1},         {"cambiemela", 1},
     {"cambienmela", 1},     {"cambiame", 1},         {"cambiamela", 1},       {"cambiamelo", 1},
     {"cambien", 1},         {"cambias", 1},          {"cambiarme", 1},        {"un cambio", 1},
     {"cambio de look", -2}, {"cambiar de look", -2}, {"cambio de color", -2}, {"cambiar de color", -2},
     {"mover", 1},           {"moverla", 1},          {"moverlo", 1},          {"mueve*", 1},
     {"muevan", 1},          {"move my", 1},          {"move it", 1},          {"move the", 1},
     {"reprogram*", 1},      {"reagend*", 1},         {"aplaz*", 1},           {"pospon*", 1},
     {"posterg*", 1},        {"adelantar*", 1},       {"adelanta*", 1},        {"atrasar*", 1},
     {"retras*", 0.6},       {"pasamela", 1},         {"pasamelo", 1},         {"pasarla", 1},
     {"pasarlo", 1},         {"pasala", 1},           {"pasalo", 1},           {"pasame", 0.7},
     {"pasar la", 1},        {"pasar mi", 1},         {"pasar el turno", 1},   {"pasar para", 0.6},
     {"me la pasa*", 1},     {"me lo pasa*", 1},      {"me corre*", 1},        {"correr la", 1},
     {"correr mi", 1},       {"correr el", 1},        {"correrla", 1},         {"correrlo", 1},
     {"correme", 1},         {"otro dia la", 0.6},    {"reschedule", 1},       {"change my", 1},
     {"change the", 1},      {"change it", 1},        {"postpone", 1},         {"moure", 1}});
constexpr auto cancel_clues = std::to_array<Clue>({{"cancelar*", 1},
                                                   {"cancela", 1},
                                                   {"cancelala", 1},
                                                   {"cancelalo", 1},
                                                   {"cancelame*", 1},
                                                   {"cancelen*", 1},
                                                   {"cancelo", 1},
                                                   {"cancele", 1},
                                                   {"cancelemos", 1},
                                                   {"cancel", 1},
                                                   {"cancelling", 1},
                                                   {"canceling", 1},
                                                   {"anular*", 1},
                                                   {"anula*", 1},
                                                   {"borra*", 1},
                                                   {"elimina*", 1},
                                                   {"desagend*", 1},
                                                   {"dar de baja", 1},
                                                   {"no voy a poder", 1},
                                                   {"no puedo ir", 1},
                                                   {"no podre ir", 1},
                                                   {"no voy a ir", 1},
                                                   {"no podre asistir", 1},
                                                   {"no puedo asistir", 1},
                                                   {"no llego a la cita", 1},
                                                   {"ya no quiero la cita", 1},
                                                   {"quitar la cita", 1},
                                                   {"quita la cita", 1},
                                                   {"quitame la cita", 1},
                                                   {"t make it", 1},
                                                   {"cannot make it", 1},
                                                   {"politica de cancelacion", -1}});
constexpr auto my_bookings_clues = std::to_array<Clue>(
    {{"mis citas", 1},       {"mis turnos", 1},       {"mis horas", 1},         {"mis reservas", 1},
     {"mi reserva", 0.5},    {"mi cita", 0.5},        {"mi turno", 0.5},        {"mi hora", 0.5},
     {"cuando", 0.5},        {"a que hora", 0.5},     {"que dia", 0.5},         {"quedo", 0.5},
     {"quedo mi", 0.5},      {"cuando era", 0.5},     {"era mi", 0.5},          {"cuando tengo", 1},
     {"que citas tengo", 1}, {"que turnos tengo", 1}, {"tengo cita", 0.7},      {"tengo turno", 0.7},
     {"tengo hora", 0.7},    {"tengo alguna", 0.6},   {"tengo algo", 0.6},      {"recuerda*", 0.4},
     {"recordar*", 0.4},     {"confirmada", 0.5},     {"my appointment", 0.5},  {"my appointments", 1},
     {"my booking", 0.5},    {"my bookings", 1},      {"when is", 0.5},         {"what time is", 0.5},
     {"do i have", 1},       {"a que hora abr*", -1}, {"a que hora cierr*", -1}});
constexpr auto price_clues =
    std::to_array<Clue>({{"precio*", 1},       {"tarifa*", 1},        {"cuanto cuesta*", 1},   {"cuanto vale*", 1},
                         {"cuanto sale*", 1},  {"cuanto esta*", 1},   {"cuanto es", 1},        {"cuanto seria", 1},
                         {"cuanto cobra*", 1}, {"cuanto me sale", 1}, {"cuanto me cobra*", 1}, {"a cuanto", 1},
                         {"a como", 1},        {"que vale*", 1},      {"que cuesta*", 1},      {"que precio", 1},
                         {"cuanto por", 1},    {"cuanto el", 1},      {"cuanto la", 1},        {"valor", 1},
                         {"costo", 1},         {"costos", 1},         {"costaria", 1},         {"how much", 1},
                         {"price*", 1},        {"cuesta", 0.6},       {"cuanto", 0.5},         {"cuanto tarda*", -1},
                         {"cuanto dura*", -1}, {"cuanto tiempo", -1}});
constexpr auto hours_clues = std::to_array<Clue>({{"horario*", 1},
                                                  {"a que hora abr*", 1},
                                                  {"a que hora cierra*", 1},
                                                  {"a que hora cerra*", 1},
                                                  {"abren", 1},
                                                  {"abris", 1},
                                                  {"abre", 0.7},
                                                  {"abierto*", 1},
                                                  {"abierta*", 1},
                                                  {"cierran", 1},
                                                  {"cerrais", 1},
                                                  {"hasta que hora", 1},
                                                  {"desde que hora", 1},
                                                  {"que dias atienden", 1},
                                                  {"que dias trabaja*", 1},
                                                  {"atienden los", 1},
                                                  {"trabajan los", 1},
                                                  {"opening hours", 1},
                                                  {"are you open", 1},
                                                  {"open on", 1},
                                                  {"when do you open", 1},
                                                  {"what time do you", 1},
                                                  {"horari", 1}});
constexpr auto address_clues =
    std::to_array<Clue>({{"direccion", 1},      {"ubicacion", 1},     {"ubicados", 1},
                         {"ubicadas", 1},       {"donde esta*", 1},   {"donde queda*", 1},
                         {"donde es", 1},       {"donde os", 1},      {"donde se encuentra*", 1},
                         {"donde atienden", 1}, {"en donde", 1},      {"como llego", 1},
                         {"como llegar", 1},    {"como se llega", 1}, {"que calle", 1},
                         {"google maps", 1},    {"el mapa", 1},       {"address", 1},
                         {"where are you", 1},  {"where is it", 1},   {"location", 1},
                         {"donde", 0.6}});
constexpr auto person_clues = std::to_array<Clue>({{"hablar con", 1},
                                                   {"hable con", 1},
                                                   {"hablo con", 0.6},
                                                   {"una persona", 1},
                                                   {"persona real", 1},
                                                   {"con alguien", 1},
                                                   {"humano*", 1},
                                                   {"humana", 1},
                                                   {"encargad*", 1},
                                                   {"recepcion*", 1},
                                                   {"asesor*", 1},
                                                   {"agente", 1},
                                                   {"operador*", 1},
                                                   {"llamame", 1},
                                                   {"llamenme", 1},
                                                   {"me llamen", 1},
                                                   {"me pueden llamar", 1},
                                                   {"me puede llamar", 1},
                                                   {"me llama alguien", 1},
                                                   {"robot", 0.6},
                                                   {"que me atienda", 1},
                                                   {"talk to", 1},
                                                   {"speak to", 1},
                                                   {"speak with", 1},
                                                   {"a human", 1},
                                                   {"real person", 1},
                                                   {"person", 1},
                                                   // complaints
                                                   {"queja*", 1},
                                                   {"quejar*", 1},
                                                   {"reclam*", 1},
                                                   {"devolu*", 1},
                                                   {"devuelv*", 1},
                                                   {"reembols*", 1},
                                                   {"estafa*", 1},
                                                   {"denunci*", 1},
                                                   {"pesim*", 1},
                                                   {"horrible", 1},
                                                   {"fatal", 1},
                                                   {"una verguenza", 1},
                                                   {"me quemaron", 1},
                                                   {"me dejaron", 1},
                                                   {"muy mal", 1},
                                                   {"no me gusto", 1},
                                                   {"complain*", 1},
                                                   {"refund", 1},
                                                   {"terrible", 1},
                                                   // payment
                                                   {"pague", 1},
                                                   {"pagar", 1},
                                                   {"pago", 1},
                                                   {"pagos", 1},
                                                   {"transferencia*", 1},
                                                   {"transferi", 1},
                                                   {"deposite", 1},
                                                   {"deposito", 1},
                                                   {"nequi", 1},
                                                   {"bizum", 1},
                                                   {"yape", 1},
                                                   {"mercado pago", 1},
                                                   {"con tarjeta", 1},
                                                   {"factura*", 1},
                                                   {"comprobante", 1},
                                                   {"paid", 1},
                                                   {"pay", 1},
                                                   {"invoice", 1},
                                                   {"credit card", 1},
                                                   {"obra social", 1},
                                                   {"osde", 1},
                                                   {"isapre", 1},
                                                   {"fonasa", 1},
                                                   // health
                                                   {"alergi*", 1},
                                                   {"embaraz*", 1},
                                                   {"medicament*", 1},
                                                   {"medicacion", 1},
                                                   {"antibiotico*", 1},
                                                   {"pastilla*", 1},
                                                   {"que tomo", 1},
                                                   {"que puedo tomar", 1},
                                                   {"puedo tomar", 1},
                                                   {"es seguro", 1},
                                                   {"es peligroso", 1},
                                                   {"urgencia*", 1},
                                                   {"urgente", 0.6},
                                                   {"emergencia", 1},
                                                   {"sangr*", 1},
                                                   {"infeccion*", 1},
                                                   {"infectad*", 1},
                                                   {"fiebre", 1},
                                                   {"diabet*", 1},
                                                   {"contraindic*", 1},
                                                   {"me duele", 0.6},
                                                   {"mucho dolor", 1},
                                                   {"duele mucho", 0.6},
                                                   {"muela", 0.4},
                                                   {"hinchad*", 1},
                                                   {"allerg*", 1},
                                                   {"pregnan*", 1},
                                                   {"it hurts", 1}});
constexpr auto greeting_clues = std::to_array<Clue>({{"hola", 1},
                                                     {"buenas", 1},
                                                     {"buenos dias", 1},
                                                     {"buen dia", 1},
                                                     {"saludos", 1},
                                                     {"que tal", 1},
                                                     {"que onda", 1},
                                                     {"que hubo", 1},
                                                     {"quiubo", 1},
                                                     {"holi*", 1},
                                                     {"ola", 1},
                                                     {"hello", 1},
                                                     {"hi", 1},
                                                     {"hey", 1},
                                                     {"good morning", 1},
                                                     {"good afternoon", 1},
                                                     {"good evening", 1},
                                                     {"bon dia", 1}});
constexpr auto thanks_clues = std::to_array<Clue>({{"gracias", 1},
                                                   {"grax", 1},
                                                   {"gracia", 1},
                                                   {"adios", 1},
                                                   {"chau", 1},
                                                   {"chao", 1},
                                                   {"hasta luego", 1},
                                                   {"nos vemos", 1},
                                                   {"hasta manana", 1},
                                                   {"bendiciones", 1},
                                                   {"thanks", 1},
                                                   {"thank you", 1},
                                                   {"thx", 1},
                                                   {"bye", 1},
                                                   {"goodbye", 1},
                                                   {"gracies", 1}});
constexpr auto menu_clues = std::to_array<Clue>({{"menu", 1},
                                                 {"empezar", 1},
                                                 {"inicio", 1},
                                                 {"volver", 1},
                                                 {"reiniciar", 1},
                                                 {"opciones", 1},
                                                 {"ayuda", 1},
                                                 {"start over", 1},
                                                 {"restart", 1},
                                                 {"help", 1},
                                                 {"volver a pedir", -1},
                                                 {"volver a reservar", -1}});

template <std::size_t count>
bool is_said(std::string_view line, Clues<count> const& clues) {
    auto weight = 0.0;
    for (auto const& clue : clues)
        weight += says(line, clue.phrase) ? clue.weight : 0;
    return weight >= 1;
}

constexpr auto spanish_words = std::to_array<std::string_view>(
    {"hola",   "buenas",  "buenos", "dias",    "quiero",   "queria",  "quisiera", "necesito",  "para",   "por",
     "con",    "el",      "la",     "los",     "las",      "un",      "una",      "de",        "del",    "que",
     "cita",   "turno",   "hora",   "hueco",   "manana",   "hoy",     "tarde",    "gracias",   "favor",  "si",
     "vale",   "dale",    "mi",     "es",      "en",       "corte",   "cuanto",   "cuesta",    "tienes", "tenes",
     "teneis", "tienen",  "puedo",  "cambiar", "cancelar", "lunes",   "martes",   "miercoles", "jueves", "viernes",
     "sabado", "domingo", "soy",    "llamo",   "precio",   "precios", "donde",    "cuando",    "como",   "y",
     "o",      "al",      "mejor",  "claro",   "bueno",    "esta"});
constexpr auto english_words = std::to_array<std::string_view>(
    {"hello",       "hi",       "hey",     "i",        "want",   "would",   "like",      "need",    "an",
     "the",         "for",      "to",      "at",       "on",     "of",      "my",        "is",      "are",
     "you",         "your",     "please",  "thanks",   "thank",  "yes",     "yeah",      "today",   "tomorrow",
     "appointment", "book",     "haircut", "men",      "women",  "how",     "much",      "what",    "when",
     "where",       "can",      "could",   "do",       "have",   "with",    "and",       "monday",  "tuesday",
     "wednesday",   "thursday", "friday",  "saturday", "sunday", "morning", "afternoon", "evening", "name",
     "price",       "prices",   "cancel",  "change",   "move",   "open",    "sure",      "great",   "one",
     "first",       "second"});

template <class List>
int count_known(std::vector<Token> const& tokens, List const& list) {
    auto count = 0;
    for (auto const& token : tokens) {
        if (token.is_word()) count += std::ranges::find(list, std::string_view(token.text)) != list.end() ? 1 : 0;
    }
    return count;
}

bool is_spanish_sign(Token const& token) { return token.is("¿") || token.is("¡"); }

} // namespace

Intents read_intents(std::string_view text) {
    auto const line = as_line(read_tokens(text));
    auto intents = Intents();
    intents.move = is_said(line, move_clues);
    intents.cancel = is_said(line, cancel_clues) && !intents.move;
    intents.prices = is_said(line, price_clues);
    intents.hours = is_said(line, hours_clues);
    intents.my_bookings = is_said(line, my_bookings_clues) && !intents.move && !intents.cancel && !intents.hours;
    intents.address = is_said(line, address_clues);
    intents.person = is_said(line, person_clues);
    intents.greeting = is_said(line, greeting_clues);
    intents.thanks = is_said(line, thanks_clues);
    intents.menu = is_said(line, menu_clues);
    intents.book = is_said(line, book_clues) && !intents.move && !intents.cancel && !intents.my_bookings;
    return intents;
}

std::string read_language(std::string_view text) {
    auto const tokens = read_tokens(text);
    auto const signs = std::ranges::count_if(tokens, is_spanish_sign);
    auto const spanish = count_known(tokens, spanish_words) + static_cast<int>(signs);
    auto const english = count_known(tokens, english_words);
    if (spanish == english) return "";
    return spanish > english ? "es" : "en";
}

} // namespace language
