#include "eval/tongue.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "eval/sentences.hpp"
#include "eval/tokens.hpp"

namespace eval {
namespace {

using Words = std::set<std::string, std::less<>>;

std::map<std::string, Words> const& small_words() {
    // Words that two of the languages share say nothing and are left out, but for those that are much more common in
    // one.
    static auto const words = std::map<std::string, Words>{
        {"es",
         {"el",         "los",       "las",     "del",       "que",     "y",       "con",     "una",      "tu",
          "te",         "le",        "su",      "hoy",       "manana",  "cual",    "hora",    "cita",     "turno",
          "gracias",    "por",       "en",      "lo",        "al",      "no",      "si",      "un",       "mi",
          "ya",         "pero",      "para",    "listo",     "hola",    "quieres", "tengo",   "esta",     "dia",
          "usted",      "vos",       "nos",     "aqui",      "como",    "cuando",  "muy",     "bien",     "mas",
          "siento",     "perdon",    "puedo",   "prefieres", "nombre",  "jueves",  "viernes", "lunes",    "martes",
          "miercoles",  "sabado",    "domingo", "confirmo",  "reserva", "vale",    "tarde",   "ahora",    "hay",
          "tiene",      "tienes",    "es",      "se",        "son",     "desde",   "persona", "servicio", "confirmada",
          "confirmado", "reservado", "buenas",  "buenos",    "dias"}},
        {"en",
         {"the",     "and",       "you",      "your",        "for",     "with",   "is",        "are",       "at",
          "on",      "to",        "of",       "what",        "which",   "when",   "would",     "like",      "we",
          "have",    "i",         "it",       "this",        "that",    "today",  "tomorrow",  "please",    "thanks",
          "thank",   "hello",     "hi",       "appointment", "booking", "name",   "day",       "time",      "shall",
          "can",     "will",      "see",      "done",        "sorry",   "not",    "be",        "my",        "from",
          "there",   "do",        "am",       "or",          "any",     "our",    "thursday",  "friday",    "monday",
          "tuesday", "wednesday", "saturday", "sunday",      "confirm", "booked", "confirmed", "cancelled", "yes",
          "here",    "someone"}},
        {"ca",
         {"els",      "les",      "amb",      "i",           "que",       "una",     "vols",      "avui",    "dema",
          "et",       "es",       "hora",     "gracies",     "bon",       "dia",     "la",        "per",     "quina",
          "quin",     "em",       "ho",       "pots",        "tinc",      "dijous",  "divendres", "dilluns", "dimarts",
          "dimecres", "dissabte", "diumenge", "vaig",        "confirmar", "sisplau", "molt",      "be",      "aqui",
          "nom",      "teniu",    "voldria",  "perruqueria", "reservat",  "fins"}},
        {"pt", {"o",        "os",       "as",    "do",     "da",      "dos",       "das",         "em",     "um",
                "uma",      "com",      "voce",  "seu",    "sua",     "para",      "hoje",        "amanha", "qual",
                "obrigado", "obrigada", "nao",   "sim",    "horario", "quer",      "posso",       "tenho",  "quinta",
                "sexta",    "segunda",  "terca", "quarta", "feira",   "ola",       "agendamento", "nome",   "dia",
                "esta",     "ate",      "muito", "bem",    "pra",     "confirmar", "marcado",     "marcar"}}};
    return words;
}

std::string without(std::string text, std::vector<std::string> const& names) {
    for (auto const& name : names) {
        auto const folded = comparable(name);
        if (folded.size() < 3) continue;
        for (auto at = text.find(folded); at != text.npos; at = text.find(folded, at))
            text.replace(at, folded.size(), " ");
    }
    return text;
}

} // namespace

std::optional<std::string> language_of(std::string_view text, std::vector<std::string> const& names) {
    auto scores = std::map<std::string, int>();
    auto const tokens = Tokens(without(comparable(text), names));
    for (auto at = std::size_t{0}; at < tokens.size(); ++at) {
        for (auto const& [language, words] : small_words()) {
            if (words.contains(tokens.at(static_cast<std::ptrdiff_t>(at)).text)) ++scores[language];
        }
    }
    auto best = std::string();
    for (auto const& [language, score] : scores) {
        if (best.empty() || score > scores[best]) best = language;
    }
    auto const is_tie = std::ranges::any_of(
        scores, [&](auto const& each) { return each.first != best && each.second == scores[best]; });
    if (best.empty() || is_tie) return std::nullopt;
    return best;
}

} // namespace eval
