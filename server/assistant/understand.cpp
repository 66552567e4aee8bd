#include "assistant/understand.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "assistant/facts.hpp"
#include "assistant/people.hpp"
#include "assistant/service_terms.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

using language::Topic;

constexpr std::string_view weekdays[] = {"lunes",  "martes",  "miercoles", "jueves",   "viernes", "sabado",   "domingo",
                                         "monday", "tuesday", "wednesday", "thursday", "friday",  "saturday", "sunday"};

bool names_weekday(std::string_view folded) {
    return std::ranges::any_of(weekdays, [&](auto weekday) { return folded.find(weekday) != folded.npos; });
}

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
base::Minutes read_shift(std::string_view folded, language::Topics const& topics) {
    if (topics.has(Topic::forward)) return -length_named(folded);
    return topics.has(Topic::backward) ? length_named(folded) : base::Minutes(0);
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

constexpr std::string_view months[] = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                       "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};

unsigned number_of(base::Date day) { return static_cast<unsigned>(std::chrono::year_month_day(day).day()); }

/// The only day shown that `fits`.
template <class Fits>
std::optional<base::Date> only_one(std::vector<base::Date> const& days, Fits fits) {
    if (std::ranges::count_if(days, fits) != 1) return std::nullopt;
    return *std::ranges::find_if(days, fits);
}

/// "el martes 24" that is none of this month, but one of the days shown.
void settle_mismatch(language::When& when, std::vector<base::Date> const& days) {
    using Code = language::Ambiguity::Code;
    auto const* doubt = when.find(Code::weekday_date_mismatch);
    if (!doubt) return;
    auto const options = doubt->options;
    auto const is_option = [&](base::Date day, auto same) {
        return std::ranges::any_of(options, [&](auto const& text) {
            auto const option = base::parse_date(text);
            return option && same(*option) == same(day);
        });
    };
    auto const meant = only_one(days, [&](base::Date day) {
        return is_option(day, number_of) && is_option(day, [](base::Date each) { return base::iso_weekday(each); });
    });
    if (!meant) return;
    when.date = meant;
    std::erase_if(when.ambiguities, [](auto const& each) { return each.code == Code::weekday_date_mismatch; });
}

/// "el martes" said to a list with one Tuesday in it means that one, though another Tuesday may come first; "el 24" the
/// 24th of the list.
void prefer_day_shown(Heard& heard, Situation const& situation) {
    auto& when = heard.when;
    auto const days = days_shown(situation);
    settle_mismatch(when, days);
    if (!when.date || when.date_to || std::ranges::find(days, *when.date) != days.end()) return;
    auto const figures = std::ranges::any_of(heard.folded, [](unsigned char c) { return std::isdigit(c) != 0; });
    auto const month =
        std::ranges::any_of(months, [&](auto name) { return heard.folded.find(name) != std::string::npos; });
    if (names_weekday(heard.folded)) {
        if (figures && !when.time) return;
        auto const meant =
            only_one(days, [&](base::Date day) { return base::iso_weekday(day) == base::iso_weekday(*when.date); });
        if (meant) when.date = meant;
    } else if (figures && !month) {
        auto const number = std::to_string(number_of(*when.date));
        auto const words = words_of(heard.folded);
        if (std::ranges::find(words, number) == words.end()) return;
        auto const meant = only_one(days, [&](base::Date day) { return number_of(day) == number_of(*when.date); });
        if (meant) when.date = meant;
    }
}

Elsewhere read_elsewhere(language::Topics const& topics) {
    if (topics.has(Topic::later)) return Elsewhere::later;
    if (topics.has(Topic::earlier)) return Elsewhere::earlier;
    if (topics.has(Topic::other_day)) return Elsewhere::other_day;
    return topics.has(Topic::other_hour) ? Elsewhere::other_hour : Elsewhere::none;
}

language::When when_in(Situation const& situation, std::string_view text) {
    auto const& profile = situation.shop.profile;
    auto const sent_at = situation.said.empty() ? situation.now : situation.said.back().sent_at;
    return language::read_when(text, profile.zone.to_local(sent_at), profile.country);
}

/// "las dos" is an hour, unless there are two people: then they are meant wherever no "a" stands before.
std::string without_people(std::string text, Situation const& situation, Heard const& heard) {
    if (heard.people.size() < 2 && situation.dialogue.draft.party.empty()) return text;
    static constexpr std::string_view those[] = {"las dos",  "los dos",  "las 2", "los 2",
                                                 "las tres", "los tres", "las 3", "los 3"};
    static constexpr std::string_view before_hours[] = {"a ",     "para ", "de ",    "desde ",
                                                        "sobre ", "tipo ", "hasta ", "hacia "};
    for (auto const phrase : those) {
        for (auto at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
            auto const before = std::string_view(text).substr(0, at);
            auto const hour = std::ranges::any_of(before_hours, [&](auto word) { return before.ends_with(word); });
            if (!hour) text.replace(at, phrase.size(), phrase.size(), ' ');
        }
    }
    return text;
}

void hear_times(Heard& heard, Situation const& situation) {
    auto const hour = bare_hour(situation, heard.folded);
    auto const text = hour ? "a las " + heard.folded : without_people(heard.spanish, situation, heard);
    heard.when = when_in(situation, text);
    prefer_day_shown(heard, situation);
    for (std::size_t from = 0; heard.intents.cancel && from < text.size();) {
        auto const to = std::min(text.find(" y ", from), text.size());
        heard.parts.push_back(when_in(situation, std::string_view(text).substr(from, to - from)));
        from = to + 3;
    }
}

/// Health questions go to a person; someone who hurts and wants an appointment gets one.
std::string reason_for_person(Heard const& heard) {
    auto const& topics = heard.topics;
    auto const wants_hour = heard.intents.book || heard.when.says_anything();
    if (topics.has(Topic::health)) return "medical";
    if (topics.has(Topic::pain) && !wants_hour) return "medical";
    if (topics.has(Topic::payment)) return "payment";
    if (topics.has(Topic::complaint)) return "complaint";
    // "¿se puede pagar con tarjeta?" needs nobody when the owner has said how one pays.
    if (!heard.facts.empty() && !topics.has(Topic::human)) return "";
    // What the replies tell her to write.
    if (heard.folded == "persona" || heard.folded == "person") return "customer_asked";
    return heard.intents.person ? "customer_asked" : "";
}

/// The figure in "llego 15 min tarde"; 0 when none was said.
int minutes_named(std::string_view folded) {
    for (auto const& word : words_of(folded)) {
        auto const figures = !word.empty() && word.size() <= 2 &&
                             std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
        if (figures) return std::stoi(word);
    }
    return folded.find("media hora") != folded.npos || folded.find("half an hour") != folded.npos ? 30 : 0;
}

/// "sí, mujer" to a question names nobody's haircut.
bool is_mere_address(Situation const& situation, Heard const& heard) {
    if (situation.dialogue.awaiting != Awaiting::confirmation || heard.answer != language::Answer::yes) return false;
    std::string rest;
    for (auto const& word : words_of(heard.folded)) {
        auto const family = language::family_of(word);
        if (family != "mujer" && family != "hombre" && family != "nino") rest += word + " ";
    }
    return services_named(rest, situation.shop).empty();
}

/// "corte" for her husband is the one for men.
std::vector<base::ServiceId> for_whom(Situation const& situation, Heard const& heard) {
    auto services = services_named(heard.spanish, situation.shop);
    if (services.size() < 2 || !heard.for_whom) return services;
    return narrowed(std::move(services), heard.for_whom->audience, situation.shop);
}

/// "mi niño" at a barber's who lists it as another name of a service says what, not for whom.
bool is_service_word(Heard const& heard) {
    return std::ranges::any_of(heard.mentions, [&](auto const& mention) {
        return mention.literal && heard.folded.compare(mention.from, 3, "mi ") == 0;
    });
}

/// One service for one person is found without looking at the parts of the text.
bool may_want_several(Heard const& heard, Situation const& situation) {
    if (!heard.people.empty() || heard.for_whom || !situation.dialogue.draft.party.empty()) return true;
    static constexpr std::string_view joints[] = {" y ", " e ", " and ", ",", "+", "/", "&"};
    return std::ranges::any_of(joints, [&](auto joint) { return heard.folded.find(joint) != std::string::npos; });
}

void hear_people(Heard& heard, Situation const& situation) {
    auto const wish = staff_named(heard.spanish, situation.shop);
    heard.staff = wish.member;
    heard.unknown_staff = wish.unknown && !heard.topics.has(Topic::anyone) && !heard.topics.has(Topic::usual_person);
    heard.name = volunteered_name(heard.text);
    heard.people = people_named(heard.spanish);
    if (heard.people.size() < 2) heard.for_whom = person_named(heard.text);
    heard.name_of_other = heard.name && (heard.for_whom || heard.folded.find("se llama") != std::string::npos);
    heard.arrangement = arrangement_named(heard.topics);
    if (may_want_several(heard, situation)) heard.mentions = mentions_in(heard.spanish, situation.shop);
    heard.services = for_whom(situation, heard);
    if (!heard.services.empty() && is_mere_address(situation, heard)) {
        heard.services.clear();
        heard.mentions.clear();
    }
    if (heard.for_whom && is_service_word(heard)) heard.for_whom.reset();
}

} // namespace

bool Heard::says_something() const {
    return intents.any() || when.says_anything() || !services.empty() || staff || unknown_staff || name ||
           !person_reason.empty() || !facts.empty() || same_hour || cannot_come || gives_up || !people.empty() ||
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
    heard.spanish = language::in_spanish(heard.text);
    heard.folded = base::fold(heard.spanish);
    heard.topics = language::read_topics(heard.spanish);
    heard.intents = language::intents_of(heard.topics);
    heard.answer = language::read_answer(heard.spanish);
    heard.language = language::read_language(heard.text);
    hear_people(heard, situation);
    hear_times(heard, situation);
    heard.same_hour = heard.topics.has(Topic::same_hour);
    heard.all_of_them = heard.topics.has(Topic::all_of_them);
    heard.cannot_come = heard.topics.has(Topic::absence) && !heard.topics.has(Topic::policy);
    heard.shift = read_shift(heard.folded, heard.topics);
    heard.gives_up = heard.topics.has(Topic::gives_up);
    heard.elsewhere = read_elsewhere(heard.topics);
    if (heard.topics.has(Topic::late)) heard.late_minutes = minutes_named(heard.folded);
    heard.facts = facts_named(heard.folded, situation.shop.profile.facts);
    heard.asks = heard.intents.prices || heard.intents.duration || heard.intents.hours || heard.intents.address ||
                 !heard.facts.empty() || heard.text.find('?') != std::string::npos;
    heard.person_reason = reason_for_person(heard);
    return heard;
}

} // namespace assistant
