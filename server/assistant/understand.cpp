#include "assistant/understand.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>
#include <utility>

#include "assistant/people.hpp"
#include "assistant/service_terms.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

using Words = std::span<std::string_view const>;

/// True when one of `phrases` (folded) occurs in the folded text, beginning at the beginning of a word.
bool mentions(std::string_view folded, Words phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) {
        for (auto at = folded.find(phrase); at != folded.npos; at = folded.find(phrase, at + 1)) {
            if (at == 0 || folded[at - 1] == ' ' || std::ispunct(static_cast<unsigned char>(folded[at - 1])))
                return true;
        }
        return false;
    });
}

// Beginnings of words, so that "alergi" covers alergia, alérgica, alérgico.
constexpr std::string_view health[] = {"alergi",       "allerg",     "embaraz", "pregnan",  "sangr",
                                       "infecc",       "infect",     "fiebre",  "que tomo", "que me tomo",
                                       "que pastilla", "medicament", "medicin", "quemadura"};
constexpr std::string_view pain[] = {"me duele", "dolor de", "mucho dolor", "tengo dolor",
                                     "it hurts", "hinchad",  "inflamad"};
constexpr std::string_view paid[] = {"ya pague",
                                     "ya le pague",
                                     "ya te pague",
                                     "ya hice el pago",
                                     "ya transferi",
                                     "hice la transferencia",
                                     "hice una transferencia",
                                     "comprobante",
                                     "me cobraron",
                                     "me han cobrado",
                                     "me cobro",
                                     "reembols",
                                     "devolucion",
                                     "devolver el dinero",
                                     "devuelvan",
                                     "i paid",
                                     "already paid",
                                     "refund",
                                     "charged me"};
constexpr std::string_view anger[] = {
    "queja",    "quejar",   "reclam",   "denunci",  "estafa",      "una verguenza",    "un desastre",
    "fatal",    "pesimo",   "pesima",   "horrible", "me quemaron", "muy mal servicio", "me dejaron mal",
    "complain", "terrible", "disaster", "awful"};
constexpr std::string_view human[] = {"persona", "person", "human", "hablar", "alguien", "encargad", "duen", "someone"};
constexpr std::string_view same_hours[] = {"misma hora", "mismo horario", "same time", "same hour"};
constexpr std::string_view all_words[] = {"todas", "todos",    "todo",     "las dos", "los dos",     "ambas",
                                          "ambos", "las tres", "los tres", "both",    "all of them", "all my"};
constexpr std::string_view absence[] = {
    "no voy a poder", "no puedo ir",           "no podre",        "no puedo asistir", "no alcanzo a ir",
    "no llego a",     "no me va a dar tiempo", "no voy a llegar", "no puedo acudir",  "cant make it",
    "can't make it",  "can’t make it",         "cannot make it",  "wont be able",     "won't be able"};
constexpr std::string_view company[] = {
    "para 2 personas", "para dos",     "para 2,",     "para 3 personas", "para tres personas", "somos dos",
    "somos 2",         "somos tres",   "marido y yo", "mujer y yo",      "esposa y yo",        "esposo y yo",
    "novio y yo",      "novia y yo",   "hija y yo",   "hijo y yo",       "madre y yo",         "amiga y yo",
    "for two",         "for 2 people", "and me",      "and i "};
constexpr std::string_view forward[] = {"antes", "adelant", "mas temprano", "mas pronto", "earlier"};
constexpr std::string_view backward[] = {"despues", "atras", "retras", "mas tarde", "mas tardecito", "later"};
constexpr std::string_view weekdays[] = {"lunes",  "martes",  "miercoles", "jueves",   "viernes", "sabado",   "domingo",
                                         "monday", "tuesday", "wednesday", "thursday", "friday",  "saturday", "sunday"};
constexpr std::string_view surrender[] = {"dejalo",       "dejala",     "dejelo",        "dejela",
                                          "olvidal",      "olvidel",    "entonces nada", "no quiero nada",
                                          "ya no quiero", "never mind", "nevermind",     "forget it"};
constexpr std::string_view later_words[] = {"mas tarde", "later"};
constexpr std::string_view earlier_words[] = {"mas temprano", "mas pronto", "antes no", "earlier"};
constexpr std::string_view other_days[] = {"otro dia", "otros dias", "another day", "other day", "different day"};
constexpr std::string_view other_hours[] = {"otra hora", "otro horario", "otras horas", "otros horarios", "ninguna",
                                            "ninguno",   "another time", "other time",  "different time", "none of"};

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

base::Minutes length_named(std::string_view folded) {
    if (folded.find("media hora") != folded.npos || folded.find("half an hour") != folded.npos)
        return base::Minutes(30);
    if (folded.find("dos horas") != folded.npos || folded.find("two hours") != folded.npos) return base::Minutes(120);
    if (folded.find("una hora") != folded.npos || folded.find("an hour") != folded.npos) return base::Minutes(60);
    return base::Minutes(0);
}

/// "una hora antes", "me la adelantas media hora": how far from where it is.
base::Minutes read_shift(std::string_view folded) {
    if (mentions(folded, forward)) return -length_named(folded);
    return mentions(folded, backward) ? length_named(folded) : base::Minutes(0);
}

/// A number beyond the list shown is an hour: "11" where six starts are offered.
bool bare_hour(Situation const& situation, std::string_view folded) {
    auto const& dialogue = situation.dialogue;
    if (dialogue.awaiting != Awaiting::start && dialogue.awaiting != Awaiting::time) return false;
    auto const digits = std::ranges::all_of(folded, [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!digits || folded.empty() || folded.size() > 2) return false;
    return static_cast<std::size_t>(std::stoi(std::string(folded))) > dialogue.offered.size();
}

std::vector<base::Date> days_shown(Situation const& situation) {
    auto days = situation.dialogue.offered_days;
    for (auto const& start : situation.dialogue.offered) {
        days.push_back(base::date_of(situation.shop.profile.zone.to_local(start.starts_at)));
    }
    std::ranges::sort(days);
    days.erase(std::ranges::unique(days).begin(), days.end());
    return days;
}

/// "el martes" said to a list with one Tuesday in it means that one, though another Tuesday may come first.
void prefer_day_shown(Heard& heard, Situation const& situation) {
    auto& when = heard.when;
    if (!when.date || when.date_to || !mentions(heard.folded, weekdays)) return;
    if (std::ranges::any_of(heard.folded, [](unsigned char c) { return std::isdigit(c) != 0; }) && !when.time) return;
    auto const days = days_shown(situation);
    auto const same_weekday = [&](base::Date day) { return base::iso_weekday(day) == base::iso_weekday(*when.date); };
    if (std::ranges::find(days, *when.date) == days.end() && std::ranges::count_if(days, same_weekday) == 1) {
        when.date = *std::ranges::find_if(days, same_weekday);
    }
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
    // "¿se puede pagar con tarjeta?" needs nobody when the owner has said how one pays.
    if (!heard.facts.empty() && !mentions(heard.folded, human)) return "";
    // What the replies tell her to write.
    if (heard.folded == "persona" || heard.folded == "person") return "customer_asked";
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

} // namespace

bool Heard::says_something() const {
    return intents.any() || when.says_anything() || !services.empty() || staff || unknown_staff || name ||
           !person_reason.empty() || !facts.empty() || same_hour || cannot_come || gives_up ||
           elsewhere != Elsewhere::none || answer != language::Answer::unclear;
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
    heard.when = when_in(situation, bare_hour(situation, heard.folded) ? "a las " + heard.folded : heard.text);
    prefer_day_shown(heard, situation);
    heard.language = language::read_language(heard.text);
    heard.services = services_named(heard.text, situation.shop);
    auto const wish = staff_named(heard.text, situation.shop);
    heard.staff = wish.member;
    heard.unknown_staff = wish.unknown;
    heard.name = volunteered_name(heard.text);
    heard.same_hour = mentions(heard.folded, same_hours);
    heard.all_of_them = mentions(heard.folded, all_words);
    heard.cannot_come = mentions(heard.folded, absence);
    heard.several_people = mentions(heard.folded, company);
    heard.shift = read_shift(heard.folded);
    heard.gives_up = mentions(heard.folded, surrender);
    heard.elsewhere = read_elsewhere(heard.folded);
    heard.facts = facts_named(situation, heard.folded);
    heard.asks = heard.intents.prices || heard.intents.hours || heard.intents.address || !heard.facts.empty() ||
                 heard.text.find('?') != std::string::npos;
    heard.person_reason = reason_for_person(heard);
    return heard;
}

} // namespace assistant
