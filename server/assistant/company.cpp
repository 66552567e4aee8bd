#include "assistant/company.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <span>

#include "assistant/people.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

constexpr std::size_t most_people = 8;

struct Relation {
    std::string_view word;
    std::string_view audience;
};
constexpr Relation relations[] = {{"hija", "nino mujer"},
                                  {"hijo", "nino hombre"},
                                  {"nina", "nino mujer"},
                                  {"nino", "nino hombre"},
                                  {"nena", "nino mujer"},
                                  {"nene", "nino hombre"},
                                  {"peque", "nino"},
                                  {"chavo", "nino hombre"},
                                  {"chavito", "nino"},
                                  {"cabro", "nino hombre"},
                                  {"pibe", "nino hombre"},
                                  {"bebe", "nino"},
                                  {"nieta", "nino mujer"},
                                  {"nieto", "nino hombre"},
                                  {"sobrina", "nino mujer"},
                                  {"sobrino", "nino hombre"},
                                  {"madre", "mujer"},
                                  {"mama", "mujer"},
                                  {"ma", "mujer"},
                                  {"mujer", "mujer"},
                                  {"esposa", "mujer"},
                                  {"novia", "mujer"},
                                  {"polola", "mujer"},
                                  {"hermana", "mujer"},
                                  {"abuela", "mujer"},
                                  {"amiga", "mujer"},
                                  {"suegra", "mujer"},
                                  {"prima", "mujer"},
                                  {"tia", "mujer"},
                                  {"cunada", "mujer"},
                                  {"vecina", "mujer"},
                                  {"companera", "mujer"},
                                  {"pareja", ""},
                                  {"padre", "hombre"},
                                  {"papa", "hombre"},
                                  {"marido", "hombre"},
                                  {"esposo", "hombre"},
                                  {"novio", "hombre"},
                                  {"pololo", "hombre"},
                                  {"hermano", "hombre"},
                                  {"abuelo", "hombre"},
                                  {"amigo", "hombre"},
                                  {"suegro", "hombre"},
                                  {"primo", "hombre"},
                                  {"tio", "hombre"},
                                  {"cunado", "hombre"},
                                  {"vecino", "hombre"},
                                  {"companero", "hombre"},
                                  {"daughter", "nino mujer"},
                                  {"son", "nino hombre"},
                                  {"kid", "nino"},
                                  {"child", "nino"},
                                  {"mother", "mujer"},
                                  {"mum", "mujer"},
                                  {"mom", "mujer"},
                                  {"wife", "mujer"},
                                  {"girlfriend", "mujer"},
                                  {"sister", "mujer"},
                                  {"friend", ""},
                                  {"partner", ""},
                                  {"father", "hombre"},
                                  {"dad", "hombre"},
                                  {"husband", "hombre"},
                                  {"boyfriend", "hombre"},
                                  {"brother", "hombre"}};

struct Count {
    std::string_view word;
    std::size_t number;
};
constexpr Count counts[] = {{"dos", 2}, {"tres", 3},  {"cuatro", 4}, {"cinco", 5}, {"seis", 6},
                            {"two", 2}, {"three", 3}, {"four", 4},   {"five", 5},  {"six", 6}};
constexpr std::string_view joints[] = {"y", "e", "and"};
constexpr std::string_view for_words[] = {"para", "pa", "for"};
constexpr std::string_view possessives[] = {"mi", "my", "un", "una", "a"};
/// After "para dos" these make it something else: an hour, a date, a length of time.
constexpr std::string_view no_people_after[] = {
    "de", "del", "semanas", "dias", "meses", "horas", "hora",  "h",  "hs",    "hrs",   "am",      "pm",
    "y",  "o",   "menos",   "a",    "weeks", "days",  "hours", "en", "media", "cosas", "minutos", "veces"};
/// Of which one may want several: "dos citas". Names of services are left to their plural.
constexpr std::string_view counted[] = {"personas",  "citas",   "turnos",    "cupos",    "espacios",
                                        "lugares",   "huecos",  "cortes",    "people",   "appointments",
                                        "haircuts",  "amigas",  "amigos",    "reservas", "manicures",
                                        "pedicures", "masajes", "limpiezas", "consultas"};

template <class List>
bool is_one_of(std::string_view word, List const& list) {
    return std::ranges::find(list, word) != std::end(list);
}

/// A message as words, with its folded twin for comparing.
struct Sentence {
    std::vector<std::string> words;
    std::vector<std::string> folded;

    explicit Sentence(std::string_view text) : words(words_of(text)) {
        folded.reserve(words.size());
        for (auto const& word : words)
            folded.push_back(base::fold(word));
    }
    std::string_view at(std::size_t place) const {
        return place < folded.size() ? std::string_view(folded[place]) : "";
    }
};

std::size_t number_at(Sentence const& sentence, std::size_t place) {
    auto const word = sentence.at(place);
    auto const* const count = std::ranges::find(counts, word, &Count::word);
    if (count != std::end(counts)) return count->number;
    std::size_t number = 0;
    auto const end = std::from_chars(word.data(), word.data() + word.size(), number).ptr;
    return !word.empty() && end == word.data() + word.size() && number >= 2 && number <= most_people ? number : 0;
}

/// A person that a sentence names at a place, and where it goes on.
struct Found {
    Person person;
    std::size_t next;
};

/// "mi marido", "una amiga", "mi hija Lucía"
std::optional<Found> relative_at(Sentence const& sentence, std::size_t place) {
    if (!is_one_of(sentence.at(place), possessives)) return std::nullopt;
    auto const audience = audience_of_relation(sentence.at(place + 1));
    if (!audience) return std::nullopt;
    auto const name = name_written_at(sentence.words, place + 2);
    auto const next = place + 2 + static_cast<std::size_t>(name.empty() ? 0 : 1 + std::ranges::count(name, ' '));
    return Found{{false, std::string(*audience), name.empty() ? std::nullopt : std::optional(name)}, next};
}

std::optional<Found> person_at(Sentence const& sentence, std::size_t place, bool after_for) {
    while (is_one_of(sentence.at(place), for_words)) {
        ++place;
        after_for = true;
    }
    if (auto relative = relative_at(sentence, place)) return relative;
    auto const word = sentence.at(place);
    auto const self = word == "yo" || word == "i" || word == "me" || (word == "mi" && after_for);
    return self ? std::optional(Found{{true, "", std::nullopt}, place + 1}) : std::nullopt;
}

/// "mi marido y yo", "para mi madre, mi hermana y para mí"
std::vector<Person> list_at(Sentence const& sentence, std::size_t place) {
    std::vector<Person> people;
    auto const after_for = is_one_of(sentence.at(place), for_words);
    auto joined = false;
    auto found = person_at(sentence, place, false);
    while (found && people.size() < most_people) {
        people.push_back(found->person);
        auto next = found->next;
        while (next < sentence.words.size() && sentence.at(next).empty())
            ++next;
        auto const and_word = is_one_of(sentence.at(next), joints);
        if (!and_word && next == found->next) break;
        joined = joined || and_word;
        found = person_at(sentence, and_word ? next + 1 : next, after_for);
    }
    return joined && people.size() > 1 ? people : std::vector<Person>{};
}

/// "corte para mí y corte de niño para mi hijo": each after a "para" of its own.
std::vector<Person> people_apart(Sentence const& sentence) {
    std::vector<Person> people;
    for (std::size_t place = 0; place < sentence.words.size() && people.size() < most_people; ++place) {
        if (!is_one_of(sentence.at(place), for_words)) continue;
        auto found = person_at(sentence, place, true);
        if (found && std::ranges::find(people, found->person) == people.end()) people.push_back(found->person);
    }
    auto const joined = std::ranges::any_of(sentence.folded, [](auto const& word) { return is_one_of(word, joints); });
    return joined && people.size() > 1 ? people : std::vector<Person>{};
}

std::size_t count_at(Sentence const& sentence, std::size_t place) {
    auto const number = number_at(sentence, place);
    if (number == 0) return 0;
    auto const before = place > 0 ? sentence.at(place - 1) : "";
    auto const after = sentence.at(place + 1);
    if (before == "somos" || before == "seremos") return number;
    if (is_one_of(after, counted)) return number;
    auto const people = is_one_of(before, for_words) && !is_one_of(after, no_people_after);
    auto const figures = !after.empty() && std::isdigit(static_cast<unsigned char>(after[0]));
    return people && !figures ? number : 0;
}

} // namespace

std::vector<Person> people_named(std::string_view text) {
    Sentence const sentence(text);
    auto people = people_apart(sentence);
    std::size_t count = 0;
    for (std::size_t place = 0; place < sentence.words.size(); ++place) {
        auto listed = list_at(sentence, place);
        if (listed.size() > people.size()) people = std::move(listed);
        count = std::max(count, count_at(sentence, place));
    }
    if (people.empty() && count > 1) people.push_back({true, "", std::nullopt});
    while (people.size() < count)
        people.emplace_back();
    return people;
}

std::optional<Person> person_named(std::string_view text) {
    Sentence const sentence(text);
    for (std::size_t place = 0; place + 1 < sentence.words.size(); ++place) {
        auto const name_of = sentence.at(place) == "de" && place > 0 && sentence.at(place - 1) == "nombre";
        if (!name_of && !is_one_of(sentence.at(place), for_words)) continue;
        if (auto const found = relative_at(sentence, place + 1)) return found->person;
    }
    return std::nullopt;
}

std::optional<std::string_view> audience_of_relation(std::string_view folded) {
    auto const* const relation = std::ranges::find(relations, folded, &Relation::word);
    return relation == std::end(relations) ? std::nullopt : std::optional(relation->audience);
}

std::optional<schedule::Arrangement> arrangement_named(language::Topics const& topics) {
    if (topics.has(language::Topic::in_a_row)) return schedule::Arrangement::in_a_row;
    if (topics.has(language::Topic::together)) return schedule::Arrangement::together;
    return std::nullopt;
}

} // namespace assistant
