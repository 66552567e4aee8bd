#include "assistant/understand.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "assistant/service_terms.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

using Words = std::span<std::string_view const>;

/// True when one of `phrases` (folded) occurs in the folded text, beginning at the beginning of a word.
bool mentions(std::string_view folded, Words phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) {
        for (auto at = folded.find(phrase); at != folded.npos; at = folded.find(phrase, at + 1)) {
            if (at == 0 || folded[at - 1] == ' ' || std::ispunct(static_cast<unsigned char>(folded[at - 1]))) return true;
        }
        return false;
    });
}

// Beginnings of words, so that "alergi" covers alergia, alérgica, alérgico.
constexpr std::string_view health[] = {"alergi", "allerg", "embaraz", "pregnan", "sangr", "infecc", "infect", "fiebre",
                                       "que tomo", "que me tomo", "que pastilla", "medicament", "medicin", "quemadura"};
constexpr std::string_view pain[] = {"me duele", "dolor de", "mucho dolor", "tengo dolor", "it hurts", "hinchad", "inflamad"};
constexpr std::string_view paid[] = {"ya pague", "ya le pague", "ya te pague", "ya hice el pago", "ya transferi",
                                     "hice la transferencia", "hice una transferencia", "comprobante", "me cobraron",
                                     "me han cobrado", "me cobro", "reembols", "devolucion", "devolver el dinero",
                                     "devuelvan", "i paid", "already paid", "refund", "charged me"};
constexpr std::string_view anger[] = {"queja", "quejar", "reclam", "denunci", "estafa", "una verguenza", "un desastre",
                                      "fatal", "pesimo", "pesima", "horrible", "me quemaron", "muy mal servicio",
                                      "me dejaron mal", "complain", "terrible", "disaster", "awful"};
constexpr std::string_view same_hours[] = {"misma hora", "mismo horario", "same time", "same hour"};
constexpr std::string_view all_words[] = {"todas", "todos", "todo", "las dos", "los dos", "ambas", "ambos", "las tres",
                                          "los tres", "both", "all of them", "all my"};
constexpr std::string_view absence[] = {"no voy a poder", "no puedo ir", "no podre", "no puedo asistir", "no alcanzo a ir",
                                        "no llego a", "no me va a dar tiempo", "no voy a llegar", "no puedo acudir",
                                        "cant make it", "can't make it", "can’t make it", "cannot make it",
                                        "wont be able", "won't be able"};
constexpr std::string_view surrender[] = {"dejalo", "dejala", "dejelo", "olvidal", "olvidel", "entonces nada", "no quiero nada",
                                          "ya no quiero", "never mind", "nevermind", "forget it"};
constexpr std::string_view later_words[] = {"mas tarde", "later"};
constexpr std::string_view earlier_words[] = {"mas temprano", "mas pronto", "antes no", "earlier"};
constexpr std::string_view other_days[] = {"otro dia", "otros dias", "another day", "other day", "different day"};
constexpr std::string_view other_hours[] = {"otra hora", "otro horario", "otras horas", "otros horarios", "ninguna", "ninguno",
                                            "another time", "other time", "different time", "none of"};

std::string written(Situation const& situation) {
    std::string text;
    std::string_view last;
    for (auto const& said : situation.said) {
        if (said.text.empty() || said.text == last) continue;
        if (!text.empty()) text += '\n';
        text += said.text;
        last = said.text;
    }
    return text;
}

Elsewhere read_elsewhere(std::string_view folded) {
    if (mentions(folded, later_words)) return Elsewhere::later;
    if (mentions(folded, earlier_words)) return Elsewhere::earlier;
    if (mentions(folded, other_days)) return Elsewhere::other_day;
    return mentions(folded, other_hours) ? Elsewhere::other_hour : Elsewhere::none;
}

language::When when_in(Situation const& situation, std::string_view text) {
    auto const& profile = situation.shop.profile;
    auto const sent_at = situation.said.empty() ? situation.now : situation.said.back().sent_at;
    return language::read_when(text, profile.zone.to_local(sent_at), profile.country);
}

/// Health questions go to a person; someone who hurts and wants an appointment gets one.
std::string reason_for_person(Heard const& heard) {
    auto const wants_hour = heard.intents.book || heard.when.says_anything();
    if (mentions(heard.folded, health)) return "medical";
    if (mentions(heard.folded, pain) && !wants_hour) return "medical";
    if (mentions(heard.folded, paid)) return "payment";
    if (mentions(heard.folded, anger)) return "complaint";
    return heard.intents.person ? "customer_asked" : "";
}

/// "aparcamiento" is named by "aparcar", "pago" by "pagar": without the ending of the noun.
std::string_view stem(std::string_view folded_topic) {
    for (std::string_view const ending : {"amiento", "acion", "os", "as", "s", "o", "a", "e"}) {
        if (folded_topic.ends_with(ending) && folded_topic.size() >= ending.size() + 3) {
            return folded_topic.substr(0, folded_topic.size() - ending.size());
        }
    }
    return folded_topic;
}

/// A short stem would begin too many words: "bon" is named by "bonos", not by "bonitas".
bool names_topic(std::string_view word, std::string_view topic_stem) {
    return word.starts_with(topic_stem) && (topic_stem.size() > 4 || word.size() <= topic_stem.size() + 2);
}

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0; }

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (char const c : text) {
        if (is_word_byte(c) || c == '\'') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
        // A name ends where the sentence pauses.
        if (c == ',' || c == '.' || c == '\n' || c == '?' || c == '!') words.emplace_back();
    }
    words.push_back(word);
    return words;
}

std::vector<std::size_t> facts_named(Situation const& situation, std::string_view folded) {
    std::vector<std::size_t> named;
    auto const words = words_of(folded);
    auto const& facts = situation.shop.profile.facts;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        auto const topic = base::fold(facts[i].topic);
        auto const topic_stem = stem(topic);
        auto const named_by = [&](auto const& word) { return names_topic(word, topic_stem); };
        if (!topic.empty() && std::ranges::any_of(words, named_by)) named.push_back(i);
    }
    return named;
}

/// An upper-case first letter; the letters of Spanish with accents have 0x80–0x9F as their second byte when upper case.
bool capitalised(std::string_view word) {
    if (word.empty()) return false;
    if (std::isupper(static_cast<unsigned char>(word[0]))) return true;
    return word.size() > 1 && word[0] == '\xC3' && static_cast<unsigned char>(word[1]) <= 0x9E;
}

/// Up to three words of a name; the first may be written small, what follows must be written as a name.
std::string name_from(std::vector<std::string> const& words, std::size_t at) {
    std::string name;
    for (auto const end = at + 3; at < end && at < words.size(); ++at) {
        if (words[at].empty() || (!name.empty() && !capitalised(words[at]))) break;
        name += (name.empty() ? "" : " ") + words[at];
    }
    return name;
}

bool matches(std::vector<std::string> const& words, std::size_t at, std::initializer_list<std::string_view> phrase) {
    for (auto const expected : phrase) {
        if (at >= words.size() || base::fold(words[at]) != expected) return false;
        ++at;
    }
    return true;
}

constexpr std::string_view relatives[] = {
    "hija", "hijo", "madre", "padre", "mama", "papa", "marido", "mujer", "esposa", "esposo", "novia", "novio", "hermana",
    "hermano", "abuela", "abuelo", "amiga", "amigo", "suegra", "suegro", "sobrina", "sobrino", "nieta", "nieto", "prima",
    "primo", "daughter", "son", "mother", "father", "mum", "mom", "dad", "wife", "husband", "sister", "brother", "friend"};

bool is_relative(std::string_view word) { return std::ranges::find(relatives, base::fold(word)) != std::end(relatives); }

/// After "para mi hija" comes a name only when it is written as one.
std::string relative_named(std::vector<std::string> const& words, std::size_t at) {
    auto const whose = matches(words, at, {"mi"}) || matches(words, at, {"my"});
    if (!whose || at + 2 >= words.size() || !is_relative(words[at + 1])) return "";
    return capitalised(words[at + 2]) ? name_from(words, at + 2) : "";
}

std::string name_beginning(std::vector<std::string> const& words, std::size_t at) {
    if (matches(words, at, {"a", "nombre", "de"}) || matches(words, at, {"under", "the", "name"})) {
        auto const relative = relative_named(words, at + 3);
        return relative.empty() ? name_from(words, at + 3) : relative;
    }
    if (matches(words, at, {"para"}) || matches(words, at, {"pa"}) || matches(words, at, {"for"})) {
        return relative_named(words, at + 1);
    }
    if (matches(words, at, {"me", "llamo"}) || matches(words, at, {"mi", "nombre", "es"})) {
        return name_from(words, at + (matches(words, at, {"me"}) ? 2 : 3));
    }
    if (matches(words, at, {"my", "name", "is"})) return name_from(words, at + 3);
    auto const says_who = matches(words, at, {"soy"}) && at + 1 < words.size() && capitalised(words[at + 1]);
    return says_who ? name_from(words, at + 1) : "";
}

std::optional<std::string> volunteered_name(std::string_view text) {
    auto const words = words_of(text);
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (auto const name = name_beginning(words, at); !name.empty()) return language::read_name(name);
    }
    return std::nullopt;
}

std::vector<language::Term> staff_terms(Shop const& shop) {
    std::vector<language::Term> terms;
    for (auto const& member : shop.staff) terms.push_back({member.id.text(), {member.name}});
    return terms;
}

/// The words after each "con" or "with": whom she wishes to be served by, if it is somebody.
void read_staff(Heard& heard, Shop const& shop) {
    auto const words = words_of(heard.text);
    auto const terms = staff_terms(shop);
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (!matches(words, at, {"con"}) && !matches(words, at, {"with"})) continue;
        auto const titled = matches(words, at + 1, {"la"}) || matches(words, at + 1, {"el"});
        auto const name = words[at + 1] + " " + words[std::min(at + 2, words.size() - 1)] + " " +
                          words[std::min(at + 3, words.size() - 1)];
        if (auto const found = language::match_terms(name, terms); !found.empty()) {
            heard.staff = base::StaffId(found.front().id);
            heard.unknown_staff = false;
            return;
        }
        heard.unknown_staff = !titled && capitalised(words[at + 1]) && language::match_terms(name, service_terms(shop)).empty();
    }
}

}  // namespace

bool Heard::says_something() const {
    return intents.any() || when.says_anything() || !services.empty() || staff || unknown_staff || name ||
           !person_reason.empty() || !facts.empty() || same_hour || cannot_come || gives_up || elsewhere != Elsewhere::none ||
           answer != language::Answer::unclear;
}

bool Heard::only_courtesy() const {
    auto rest = intents;
    rest.greeting = rest.thanks = false;
    auto const content = rest.any() || when.says_anything() || !services.empty() || staff || unknown_staff || name ||
                         !facts.empty() || same_hour || cannot_come || gives_up || elsewhere != Elsewhere::none;
    return (intents.greeting || intents.thanks) && !content;
}

Heard understand(Situation const& situation) {
    Heard heard;
    heard.text = written(situation);
    if (heard.text.empty()) return heard;
    heard.folded = base::fold(heard.text);
    heard.intents = language::read_intents(heard.text);
    heard.answer = language::read_answer(heard.text);
    heard.when = when_in(situation, heard.text);
    heard.language = language::read_language(heard.text);
    heard.services = services_named(heard.text, situation.shop);
    read_staff(heard, situation.shop);
    heard.name = volunteered_name(heard.text);
    heard.same_hour = mentions(heard.folded, same_hours);
    heard.all_of_them = mentions(heard.folded, all_words);
    heard.cannot_come = mentions(heard.folded, absence);
    heard.gives_up = mentions(heard.folded, surrender);
    heard.elsewhere = read_elsewhere(heard.folded);
    heard.person_reason = reason_for_person(heard);
    heard.facts = facts_named(situation, heard.folded);
    return heard;
}

}  // namespace assistant
