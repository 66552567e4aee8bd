#include "language/calendar_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "language/time_words.hpp"

namespace language {

namespace {

constexpr auto targets = std::to_array<std::string_view>(
    {"lunes",     "martes",    "miercoles", "jueves",    "viernes",  "sabado",     "domingo",   "monday",
     "tuesday",   "wednesday", "thursday",  "friday",    "saturday", "sunday",     "enero",     "febrero",
     "marzo",     "abril",     "junio",     "julio",     "agosto",   "septiembre", "octubre",   "noviembre",
     "diciembre", "january",   "february",  "november",  "december", "october",    "september", "manana",
     "semana",    "proximo",   "proxima",   "siguiente", "mediodia", "medianoche", "despues",   "temprano",
     "quincena",  "entrante",  "tomorrow",  "afternoon", "morning",  "evening",    "tardecita", "ahorita"});

/// Of these the first letter may be the wrong one.
constexpr auto weekdays =
    std::to_array<std::string_view>({"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"});

/// Spelled as they sound they are meant ("dies", "noxe"), but a letter wrong makes other words of them.
constexpr auto only_by_sound = std::to_array<std::string_view>(
    {"cinco",   "siete",  "ocho",      "nueve",      "diez",      "once",       "doce",   "trece",
     "catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "treinta",
     "media",   "cuarto", "tarde",     "noche",      "punto",     "hora"});

/// Real words, and names of people, one letter away from one of these.
constexpr auto not_typos = std::to_array<std::string_view>(
    {"abri",    "abrid",   "abrio",   "abrir",   "abris",   "agota",    "agoto",     "ahorrita", "angosto", "aorta",
     "aposto",  "artes",   "atril",   "augusto", "avahado", "cavado",   "cebado",    "cuartes",  "dominga", "domingos",
     "dominio", "domino",  "dunes",   "enebro",  "entero",  "entro",    "febrera",   "ferrero",  "frida",   "fridays",
     "genio",   "habado",  "habil",   "hartes",  "herrero", "jueces",   "julia",     "julian",   "junco",   "junior",
     "junta",   "junto",   "juntos",  "lavado",  "lavados", "llenez",   "llueves",   "luces",    "lunar",   "lunas",
     "lunch",   "macana",  "magana",  "maltes",  "manada",  "manaza",   "manso",     "mantes",   "manzana", "maras",
     "marca",   "marceo",  "marcio",  "marco",   "marcos",  "mareo",    "mares",     "maria",    "mario",   "marlo",
     "marrana", "marro",   "marta",   "marte",   "martin",  "mates",    "monda",     "mondays",  "money",   "mueves",
     "nueves",  "nunes",   "partes",  "projima", "projimo", "proximal", "quincenal", "sabados",  "sabalo",  "sabana",
     "sabano",  "sabido",  "sacado",  "salado",  "salvado", "sanado",   "secado",    "semanal",  "serrana", "sobado",
     "sudado",  "tempano", "tiernes", "tunes",   "tunez",   "viene",    "vienes",    "viertes",  "yunes",   "zafado"});

char sound_of(char letter, char next) {
    if (letter == 'v') return 'b';
    if (letter == 'z' || (letter == 'c' && (next == 'e' || next == 'i'))) return 's';
    if (letter == 'g' && (next == 'e' || next == 'i')) return 'j';
    if (letter == 'k' || letter == 'q') return 'c';
    if (letter == 'c' && next == 'h') return 'x';
    return letter;
}

/// As it sounds: b and v, s and z, a silent h and doubled letters are spelled alike.
std::string sound(std::string_view word) {
    auto result = std::string();
    for (std::size_t i = 0; i < word.size(); ++i) {
        auto const letter = sound_of(word[i], i + 1 < word.size() ? word[i + 1] : ' ');
        if (letter != 'h' && (result.empty() || result.back() != letter)) result += letter;
    }
    return result;
}

bool differs_in_one_letter(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.empty() || b.size() - a.size() > 1) return false;
    auto const place = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    auto const rest_a = a.substr(place);
    auto const rest_b = b.substr(place);
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.empty() || rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a.substr(2) == rest_b.substr(2);
}

/// How far from the word one may be and mean it.
enum class Reach {
    sound,  ///< as it sounds
    inside, ///< and with one letter wrong, but the first
    whole   ///< any letter
};

struct Target {
    std::string_view word;
    std::string sound;
    Reach reach;
};

std::vector<Target> const& sounding_targets() {
    static auto const all = [] {
        auto list = std::vector<Target>();
        for (auto const word : targets)
            list.push_back({word, sound(word), Reach::inside});
        for (auto const word : only_by_sound)
            list.push_back({word, sound(word), Reach::sound});
        for (auto& target : list) {
            if (std::ranges::find(weekdays, target.word) != weekdays.end()) target.reach = Reach::whole;
        }
        return list;
    }();
    return all;
}

} // namespace

std::string_view spelling_meant(std::string_view word) {
    constexpr std::size_t shortest = 4;
    constexpr std::size_t shortest_near = 5;
    constexpr std::size_t longest = 14;
    if (word.size() < shortest || word.size() > longest) return {};
    if (std::ranges::find(not_typos, word) != not_typos.end()) return {};
    auto const sounding = sound(word);
    auto meant = std::string_view();
    for (auto const& target : sounding_targets()) {
        if (target.sound == sounding) return target.word;
        if (target.reach == Reach::sound || word.size() < shortest_near || sounding.empty()) continue;
        auto const begins_alike = target.sound[0] == sounding[0];
        if (target.reach == Reach::inside && !begins_alike) continue;
        if (!differs_in_one_letter(target.sound, sounding)) continue;
        if (!meant.empty()) return {};
        meant = target.word;
    }
    return meant;
}

std::optional<Glued> unglued(std::string_view word) {
    constexpr auto heads =
        std::to_array<std::string_view>({"y", "a", "la", "el", "de", "en", "al", "del", "por", "las", "para"});
    constexpr auto tails = std::to_array<std::string_view>(
        {"tarde", "noche", "manana", "media", "cuarto", "mediodia", "semana", "lunes", "martes", "miercoles", "jueves",
         "viernes", "sabado", "domingo", "tardecita", "latarde", "lanoche", "lamanana", "lasemana"});
    for (auto const head : heads) {
        if (!word.starts_with(head)) continue;
        auto const tail = word.substr(head.size());
        if (std::ranges::find(tails, tail) != tails.end()) return Glued{head, tail};
    }
    return std::nullopt;
}

unsigned weekday_named(Token const& token) {
    auto const of = [](std::string_view name) {
        auto const words = words_of_days();
        auto const found = std::ranges::find_if(
            words, [&](TimeWord const& word) { return word.sym == Sym::weekday && word.phrase == name; });
        return found == words.end() ? 0U : static_cast<unsigned>(found->value);
    };
    if (!token.is_word()) return 0;
    auto const exact = of(token.text);
    return exact != 0 ? exact : of(spelling_meant(token.text));
}

} // namespace language
