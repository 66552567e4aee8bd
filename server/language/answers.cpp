#include <algorithm>
#include <array>

#include "language/calendar_names.hpp"
#include "language/cursor.hpp"
#include "language/intent.hpp"
#include "language/tokens.hpp"

namespace language {

namespace {

using Words = std::vector<std::string_view>;

template <class List>
bool is_one_of(std::string_view word, List const& list) {
    return std::ranges::find(list, word) != list.end();
}
template <class List>
bool says_any(std::string_view line, List const& phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) { return says(line, phrase); });
}

// --- yes and no

constexpr auto yes_signs = std::to_array<std::string_view>({"👍", "✅", "👌", "☑", "✔", "🙌"});
constexpr auto no_signs = std::to_array<std::string_view>({"👎", "❌", "🙅"});
constexpr auto yes_words = std::to_array<std::string_view>(
    {"si",       "sii",        "sip",       "sisi",      "see",        "claro",      "vale",     "ok",
     "okay",     "okey",       "oki",       "okis",      "dale",       "listo",      "lista",    "perfecto",
     "confirmo", "confirmado", "confirma",  "confirmar", "confirmala", "confirmalo", "correcto", "exacto",
     "genial",   "venga",      "estupendo", "excelente", "hecho",      "obvio",      "simon",    "yes",
     "yep",      "yeah",       "yup",       "sure",      "great",      "perfect",    "confirm",  "correct",
     "adelante", "reservalo",  "reservala", "agendalo",  "agendala",   "apuntame"});
/// Too common to mean yes inside a longer sentence.
constexpr auto weak_yes_words = std::to_array<std::string_view>(
    {"va", "sale", "bueno", "buenisimo", "bien", "fine", "good", "ese", "esa", "barbaro", "joya", "bacan"});
constexpr auto yes_phrases = std::to_array<std::string_view>(
    {"de acuerdo", "ya po", "ya dale", "de una", "por supuesto", "esta bien", "me parece bien", "me sirve",
     "me va bien", "me viene bien", "no hay problema", "no pasa nada", "como no", "por que no", "sin problema",
     "sounds good", "go ahead", "that works"});
constexpr auto no_words = std::to_array<std::string_view>(
    {"no", "nop", "nope", "nah", "noo", "nel", "negativo", "nunca", "paso", "tampoco", "nada", "ninguno", "ninguna"});
constexpr auto no_phrases =
    std::to_array<std::string_view>({"mejor no", "para nada", "aun no", "todavia no", "dejalo", "dejala", "olvidalo",
                                     "not now", "don t", "en otro momento"});
constexpr auto no_idea =
    std::to_array<std::string_view>({"no se", "no estoy segur*", "no entiendo", "no te entiendo", "no le entiendo",
                                     "no entendi", "no he entendido", "no comprendo", "i don t understand"});
constexpr auto doubts = std::to_array<std::string_view>(
    {"pero", "mejor",   "cuanto",  "cuanta", "cuando",     "donde",    "cual",      "what",     "how",    "when",
     "but",  "instead", "tal vez", "quiza*", "a lo mejor", "not sure", "si puedes", "si puede", "si hay", "si tienes"});

Words words_of(std::vector<Token> const& tokens) {
    auto words = Words();
    for (auto const& token : tokens) {
        if (token.is_word()) words.push_back(token.text);
    }
    return words;
}

template <class List>
bool has_sign(std::vector<Token> const& tokens, List const& signs) {
    return std::ranges::any_of(tokens, [&](Token const& token) { return is_one_of(token.text, signs); });
}

bool is_question(std::vector<Token> const& tokens, Words const& words) {
    return words.size() > 3 && std::ranges::any_of(tokens, [](Token const& token) { return token.is("?"); });
}

bool says_no(std::string_view line, Words const& words) {
    auto const opening = std::min<std::size_t>(words.size(), 3);
    if (std::any_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(opening),
                    [](std::string_view word) { return is_one_of(word, no_words); })) {
        return true;
    }
    return says_any(line, no_phrases) || (!words.empty() && words.back() == "no");
}

bool says_yes(std::string_view line, Words const& words) {
    if (says_any(line, yes_phrases) || line == " ya ") return true;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const is_at_an_end = i < 3 || i + 1 == words.size();
        if (is_at_an_end && is_one_of(words[i], yes_words)) return true;
        if (words.size() <= 3 && is_one_of(words[i], weak_yes_words)) return true;
    }
    return false;
}

// --- choices

constexpr auto ordinals = std::to_array<std::pair<std::string_view, std::size_t>>(
    {{"primer", 1},  {"primero", 1}, {"primera", 1}, {"segundo", 2}, {"segunda", 2}, {"tercer", 3},
     {"tercero", 3}, {"tercera", 3}, {"cuarto", 4},  {"cuarta", 4},  {"quinto", 5},  {"quinta", 5},
     {"sexto", 6},   {"sexta", 6},   {"septimo", 7}, {"septima", 7}, {"octavo", 8},  {"octava", 8},
     {"first", 1},   {"second", 2},  {"third", 3},   {"fourth", 4},  {"fifth", 5}});
constexpr auto last_words = std::to_array<std::string_view>({"ultimo", "ultima", "last"});
constexpr auto number_openers = std::to_array<std::string_view>(
    {"el", "la", "opcion", "numero", "num", "nro", "n", "option", "number", "#", "lo", "con"});
/// After a number or an ordinal these make it something else: an hour, a date, a quantity.
constexpr auto no_choice_after = std::to_array<std::string_view>(
    {":",      ".",        "h",       "hs",  "hrs",   "hora",  "horas",    "am", "pm", "a",
     "p",      "y",        "menos",   "de",  "del",   "en",    "personas", "/",  "-",  "vez",
     "visita", "consulta", "minutos", "min", "euros", "pesos", "o",        "u"});
constexpr auto polite_words =
    std::to_array<std::string_view>({"por", "favor", "gracias", "please", "si", "vale", "ok", "dale", "bueno", "mejor",
                                     "quiero", "prefiero", "thanks"});

/// "y cuarto", "menos cuarto", "un cuarto para las 6"
constexpr auto before_quarter = std::to_array<std::string_view>({"y", "menos", "un"});

std::optional<std::size_t> ordinal_of(Token const& token, std::size_t count) {
    if (is_one_of(token.text, last_words)) return count;
    auto const* const found = std::ranges::find(ordinals, token.text, [](auto const& pair) { return pair.first; });
    return found == ordinals.end() ? std::nullopt : std::optional(found->second);
}

int cardinal_of(Token const& token) { return token.is_number() ? token.value : number_word(token.text); }

Token const* at(std::vector<Token> const& tokens, std::size_t place) {
    return place < tokens.size() ? &tokens[place] : nullptr;
}

bool is_followed_by_more(std::vector<Token> const& tokens, std::size_t place) {
    auto const* const next = at(tokens, place + 1);
    if (next == nullptr) return false;
    auto const ends_sentence = next->is(".") && at(tokens, place + 2) == nullptr;
    return next->is_number() || (is_one_of(next->text, no_choice_after) && !ends_sentence);
}

/// "el 2", "opción 2", but not "a la 1" nor "los dos"; or nothing else in the message than "2".
bool is_pointed_at(std::vector<Token> const& tokens, std::size_t place) {
    auto const* const before = place > 0 ? &tokens[place - 1] : nullptr;
    if (before != nullptr && is_one_of(before->text, number_openers)) {
        return place < 2 || !is_one_of(tokens[place - 2].text, std::to_array<std::string_view>({"a", "para", "desde"}));
    }
    return std::ranges::all_of(tokens, [&](Token const& token) {
        return &token == &tokens[place] || token.kind == Token::Kind::sign || is_one_of(token.text, polite_words);
    });
}

// --- names

constexpr auto name_openings = std::to_array<std::string_view>(
    {"a nombre de", "al nombre de", "mi nombre es", "me llamo", "se llama", "el nombre es", "my name is", "the name is",
     "nombre", "es para", "para", "soy", "it ' s", "it ’ s", "i ' m", "i ’ m", "i am", "ponlo a", "a"});
constexpr auto kin = std::to_array<std::string_view>(
    {"mi",     "mis",    "hija",  "hijo",  "madre",   "padre",   "mama",     "papa",  "marido", "mujer",
     "esposa", "esposo", "novia", "novio", "hermana", "hermano", "amiga",    "amigo", "abuela", "abuelo",
     "nino",   "nina",   "nene",  "nena",  "my",      "son",     "daughter", "wife",  "husband"});
constexpr auto name_particles = std::to_array<std::string_view>({"de", "del", "la", "las", "los", "y", "da", "san"});
constexpr auto never_names = std::to_array<std::string_view>(
    {"el",      "fin",    "mes",      "todo",     "todas",   "todos",    "quiero",      "cita",      "turno",
     "hora",    "manana", "hoy",      "tarde",    "noche",   "lunes",    "martes",      "miercoles", "jueves",
     "viernes", "sabado", "semana",   "no",       "si",      "vale",     "ok",          "okay",      "dale",
     "claro",   "bueno",  "perfecto", "listo",    "precio",  "precios",  "cuanto",      "cuando",    "donde",
     "como",    "que",    "cual",     "cancelar", "cancela", "cambiar",  "persona",     "menu",      "puedo",
     "puede",   "puedes", "podria",   "tengo",    "tienes",  "necesito", "corte",       "servicio",  "otro",
     "otra",    "mismo",  "misma",    "siempre",  "nombre",  "ese",      "esa",         "esta",      "este",
     "un",      "una",    "con",      "sin",      "pero",    "porque",   "mejor",       "nada",      "nadie",
     "ninguno", "yes",    "the",      "want",     "today",   "tomorrow", "appointment", "what",      "how",
     "when",    "a",      "las",      "es",       "en",      "te",       "lo",          "se",        "ya",
     "muy",     "yo",     "tu",       "usted",    "ahora",   "despues",  "antes",       "hay",       "dije",
     "he",      "ha",     "estoy",    "voy",      "va",      "ir",       "primera",     "primero",   "segunda",
     "segundo", "ultima", "ultimo",   "primer",   "menos",   "cuarto",   "media"});
constexpr auto around_names = std::to_array<std::string_view>(
    {"hola", "buenas", "gracias", "por", "favor", "please", "thanks", "pues", "ah", "ay", "eh", "mmm", "hi", "hello"});
constexpr std::size_t most_name_words = 5;

std::string capitalized(std::string_view word) {
    auto result = std::string(word);
    auto const lead = static_cast<unsigned char>(result[0]);
    auto const next = result.size() > 1 ? static_cast<unsigned char>(result[1]) : 0;
    if (lead >= 'a' && lead <= 'z') result[0] = static_cast<char>(lead - 0x20);
    if (lead == 0xC3 && next >= 0xA0 && next <= 0xBE) result[1] = static_cast<char>(next - 0x20);
    return result;
}

bool asks_for_something(Intents intents) {
    intents.greeting = intents.thanks = false;
    return intents.any();
}

bool is_no_name(Token const& token) {
    return is_one_of(token.text, never_names) || number_word(token.text) >= 0 || weekday_named(token) != 0;
}

/// Where the name begins: behind the last opening of the message ("hola, me llamo …"), then behind "mi hija".
std::size_t name_start(std::vector<Token> const& tokens) {
    auto start = std::size_t{0};
    auto at = Cursor(tokens);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        at.move_to(i);
        if (at.take_any(name_openings)) start = std::max(start, at.place());
    }
    while (start < tokens.size() && (is_one_of(tokens[start].text, kin) || tokens[start].is(":")))
        ++start;
    return start;
}

} // namespace

Answer read_answer(std::string_view text) {
    auto const tokens = read_tokens(text);
    auto const words = words_of(tokens);
    auto const line = as_line(tokens);
    if (has_sign(tokens, no_signs)) return Answer::no;
    if (is_question(tokens, words) || says_any(line, no_idea)) return Answer::unclear;
    if (says_any(line, yes_phrases) && !says(line, "pero")) return Answer::yes;
    if (says_no(line, words)) return Answer::no;
    if (says_any(line, doubts)) return Answer::unclear;
    return says_yes(line, words) || has_sign(tokens, yes_signs) ? Answer::yes : Answer::unclear;
}

std::optional<std::size_t> read_choice(std::string_view text, std::size_t count) {
    auto const tokens = read_tokens(text);
    if (words_of(tokens).size() > 8) return std::nullopt;
    auto choice = std::optional<std::size_t>();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const is_quarter = i > 0 && is_one_of(tokens[i - 1].text, before_quarter);
        auto const ordinal = is_quarter ? std::nullopt : ordinal_of(tokens[i], count);
        auto const cardinal = cardinal_of(tokens[i]);
        if (!ordinal && (cardinal < 0 || !is_pointed_at(tokens, i))) continue;
        if (is_followed_by_more(tokens, i)) return std::nullopt;
        auto const number = ordinal ? *ordinal : static_cast<std::size_t>(cardinal);
        if (number < 1 || number > count || (choice && *choice != number - 1)) return std::nullopt;
        choice = number - 1;
    }
    return choice;
}

std::optional<std::string> read_name(std::string_view text) {
    if (asks_for_something(read_intents(text))) return std::nullopt;
    auto tokens = read_tokens(text);
    auto const is_around = [](Token const& token) {
        return is_one_of(token.text, around_names) || (token.kind == Token::Kind::sign && !token.is("?"));
    };
    while (!tokens.empty() && is_around(tokens.back()))
        tokens.pop_back();
    tokens.erase(tokens.begin(), std::ranges::find_if_not(tokens, is_around));
    if (tokens.size() > 12) return std::nullopt;
    auto name = std::string();
    auto words = std::size_t{0};
    auto end = std::size_t{0}; // of the last word
    for (auto i = name_start(tokens); i < tokens.size(); ++i) {
        auto const& token = tokens[i];
        auto const is_particle = is_one_of(token.text, name_particles);
        if (token.is("-") || token.is("'") || token.is("’") || token.is(".") || token.is("ª")) continue;
        if (!token.is_word() || (is_particle ? name.empty() : is_no_name(token))) return std::nullopt;
        auto const written = text.substr(token.start, token.end - token.start);
        if (!name.empty()) name += text.substr(end, token.start - end);
        end = token.end;
        name += is_particle && !name.empty() ? std::string(written) : capitalized(written);
        words += is_particle ? 0 : 1;
    }
    return words == 0 || words > most_name_words ? std::nullopt : std::optional(name);
}

} // namespace language
