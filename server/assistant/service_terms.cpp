#include "assistant/service_terms.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace assistant {
namespace {

/// Matches closer than this are equally good.
constexpr double margin = 0.1;

/// What customers say for the words price lists are written in: folded, longest first where one contains another.
struct Spoken {
    std::string_view said;
    std::string_view listed;
};
constexpr Spoken everyday_words[] = {
    {"cortarme el pelo", "corte"},
    {"cortarme el cabello", "corte"},
    {"corte de cabello", "corte"},
    {"tallar-me el cabell", "corte"},
    {"haircut", "corte"},
    {"hair cut", "corte"},
    {"trim", "corte"},
    {"cortarme", "corte"},
    {"peluqueada", "corte"},
    {"motilada", "corte"},
    {"recorte", "corte"},
    {"pelarme", "corte"},
    {"men's", "hombre"},
    {"mens", "hombre"},
    {"men’s", "hombre"},
    {"caballero", "hombre"},
    {"chico", "hombre"},
    {"women's", "mujer"},
    {"womens", "mujer"},
    {"women’s", "mujer"},
    {"ladies", "mujer"},
    {"senora", "mujer"},
    {"chica", "mujer"},
    {"dona", "mujer"},
    {"kid's", "nino"},
    {"kids", "nino"},
    {"child's", "nino"},
    {"beard", "barba"},
    {"roots", "raiz"},
    {"highlights", "mechas"},
    {"colour", "tinte"},
    {"color", "tinte"},
    {"tenirme", "tinte"},
    {"cleaning", "limpieza"},
    {"nails", "unas"},
    {"massage", "masaje"},
    {"whitening", "blanqueamiento"},
    {"checkup", "control"},
    {"check-up", "control"},
    {"session", "sesion"},
};

bool word_at(std::string_view text, std::size_t at, std::size_t length) {
    auto const letter = [&](std::size_t i) {
        return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i]));
    };
    return (at == 0 || !letter(at - 1)) && !letter(at + length);
}

std::string in_listed_words(std::string text) {
    for (auto const& [said, listed] : everyday_words) {
        for (auto at = text.find(said); at != text.npos; at = text.find(said, at + listed.size())) {
            if (word_at(text, at, said.size())) text.replace(at, said.size(), listed);
        }
    }
    return text;
}

/// Where the longest name of the term stands in the folded text, as [from, to); to 0 when none does.
struct Place {
    std::size_t from = 0;
    std::size_t to = 0;
    bool inside(Place const& other) const {
        return to > 0 && other.from <= from && to <= other.to && to - from < other.to - other.from;
    }
};

Place place_of(language::Term const& term, std::string_view folded) {
    Place longest;
    for (auto const& name : term.names) {
        auto const wanted = base::fold(name);
        auto const at = folded.find(wanted);
        if (at == folded.npos || !word_at(folded, at, wanted.size())) continue;
        if (wanted.size() > longest.to - longest.from) longest = {at, at + wanted.size()};
    }
    return longest;
}

struct Candidate {
    language::TermMatch match;
    Place place;
    bool literal() const { return place.to > 0; }
};

std::vector<Candidate> candidates(std::string_view folded, std::vector<language::Term> const& terms) {
    std::vector<Candidate> found;
    for (auto& match : language::match_terms(folded, terms)) {
        auto const term = std::ranges::find(terms, match.id, &language::Term::id);
        found.push_back({match, term == terms.end() ? Place{} : place_of(*term, folded)});
    }
    // "turno con la doctora" is made of words that name nothing by themselves.
    for (auto const& term : terms) {
        auto const known = [&](auto const& each) { return each.match.id == term.id; };
        auto const place = place_of(term, folded);
        if (place.to > 0 && std::ranges::none_of(found, known)) found.push_back({{term.id, 1}, place});
    }
    return found;
}

/// Parts of a text between which the words of one service are not divided.
constexpr std::string_view breaks[] = {",", ";", "(", ")", "\n", "+", "/", ".", " y ", " e ", " and ", " o "};

std::vector<Mention> in_words(std::string_view folded, std::vector<language::Term> const& terms) {
    std::vector<Mention> found;
    for (auto const& term : terms) {
        for (auto const& name : term.names) {
            auto const wanted = base::fold(name);
            for (auto at = folded.find(wanted); !wanted.empty() && at != folded.npos;
                 at = folded.find(wanted, at + 1)) {
                if (word_at(folded, at, wanted.size()))
                    found.push_back({{base::ServiceId(term.id)}, true, at, at + wanted.size()});
            }
        }
    }
    return found;
}

/// The longest names, none across another; services of the same words share a mention.
std::vector<Mention> longest(std::vector<Mention> found) {
    std::ranges::stable_sort(found, std::ranges::greater(), [](auto const& each) { return each.to - each.from; });
    std::vector<Mention> kept;
    for (auto& each : found) {
        auto const across =
            std::ranges::find_if(kept, [&](auto const& other) { return each.from < other.to && other.from < each.to; });
        if (across == kept.end()) {
            kept.push_back(std::move(each));
        } else if (across->from == each.from && across->to == each.to &&
                   std::ranges::find(across->services, each.services.front()) == across->services.end()) {
            across->services.push_back(each.services.front());
        }
    }
    return kept;
}

std::size_t next_break(std::string_view folded, std::size_t from, std::vector<Mention> const& literal) {
    auto const inside = [&](std::size_t at) {
        return std::ranges::any_of(literal, [&](auto const& each) { return each.from < at && at < each.to; });
    };
    auto nearest = folded.size();
    for (auto const part : breaks) {
        auto at = folded.find(part, from);
        while (at != folded.npos && inside(at))
            at = folded.find(part, at + 1);
        nearest = std::min(nearest, at);
    }
    return nearest;
}

/// What the parts of the text say of services in other words than their names.
void append_resembling(std::vector<Mention>& found, std::string_view folded, Shop const& shop) {
    auto const literal = found;
    for (std::size_t from = 0; from < folded.size();) {
        auto const to = std::max(next_break(folded, from, literal), from);
        auto const named = std::ranges::any_of(
            literal, [&](auto const& each) { return from <= each.from && each.from < std::max(to, from + 1); });
        auto services = named ? std::vector<base::ServiceId>{} : services_named(folded.substr(from, to - from), shop);
        if (!services.empty()) found.push_back({std::move(services), false, from, to});
        from = std::max(to, from) + 1;
    }
}

bool is_joint(std::string_view between) {
    static constexpr std::string_view joints[] = {"y", "e", "and", "+", ",", "mas", "&", "con"};
    static constexpr std::string_view articles[] = {"un",  "una", "unas", "el",  "la",     "las",
                                                    "los", "de",  "a",    "the", "tambien"};
    auto joined = false;
    for (std::size_t at = 0; at < between.size();) {
        auto const end = std::min(between.find(' ', at), between.size());
        auto const word = between.substr(at, end - at);
        auto const joint = std::ranges::find(joints, word) != std::end(joints);
        auto const article = std::ranges::find(articles, word) != std::end(articles);
        if (!word.empty() && !joint && !article) return false;
        joined = joined || joint;
        at = end + 1;
    }
    return joined;
}

std::vector<base::ServiceId> meant_for(std::string_view audience, std::vector<base::ServiceId> const& services,
                                       Shop const& shop) {
    auto terms = service_terms(shop);
    std::erase_if(terms, [&](auto const& term) {
        return std::ranges::find(services, base::ServiceId(term.id)) == services.end();
    });
    auto const matches = language::match_terms(audience, terms);
    if (matches.empty()) return services;
    std::vector<base::ServiceId> meant;
    for (auto const& match : matches) {
        if (match.score > matches.front().score - margin) meant.push_back(base::ServiceId(match.id));
    }
    return meant;
}

} // namespace

std::vector<language::Term> service_terms(Shop const& shop) {
    std::vector<language::Term> terms;
    for (auto const& service : shop.services) {
        if (!service.active) continue;
        language::Term term{service.id.text(), service.synonyms};
        term.names.push_back(service.name);
        terms.push_back(std::move(term));
    }
    return terms;
}

std::vector<base::ServiceId> services_named(std::string_view text, Shop const& shop) {
    auto const terms = service_terms(shop);
    auto found = candidates(base::fold(text), terms);
    if (found.empty()) found = candidates(in_listed_words(base::fold(text)), terms);
    // Words that stand there beat words that only resemble others.
    if (std::ranges::any_of(found, &Candidate::literal))
        std::erase_if(found, [](auto const& each) { return !each.literal(); });
    std::vector<base::ServiceId> named;
    for (auto const& each : found) {
        auto const part_of_longer =
            std::ranges::any_of(found, [&](auto const& other) { return each.place.inside(other.place); });
        if (part_of_longer || each.match.score < found.front().match.score - margin) continue;
        named.push_back(base::ServiceId(each.match.id));
    }
    return named;
}

std::vector<Mention> mentions_in(std::string_view text, Shop const& shop) {
    auto const folded = base::fold(text);
    auto found = longest(in_words(folded, service_terms(shop)));
    append_resembling(found, folded, shop);
    std::ranges::sort(found, {}, &Mention::from);
    // "corte de niño para mi niño" names one service once.
    auto const again = [&](auto const& before, auto const& next) {
        auto const between = std::string_view(folded).substr(before.to, std::max(next.from, before.to) - before.to);
        return before.services == next.services && (between == " para " || between == " pa ");
    };
    found.erase(std::ranges::unique(found, again).begin(), found.end());
    return found;
}

bool asks_for_all(std::string_view text, std::vector<Mention> const& mentions) {
    auto const folded = base::fold(text);
    if (mentions.size() < 2) return false;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        if (!mentions[i].literal || mentions[i].services.size() != 1) return false;
        auto const same = [&](auto const& other) { return other.services == mentions[i].services; };
        if (std::count_if(mentions.begin(), mentions.end(), same) != 1) return false;
        if (i == 0) continue;
        auto const from = mentions[i - 1].to;
        if (!is_joint(std::string_view(folded).substr(from, mentions[i].from - from))) return false;
    }
    return true;
}

std::vector<base::ServiceId> narrowed(std::vector<base::ServiceId> services, std::string_view audience,
                                      Shop const& shop) {
    for (std::size_t at = 0; at < audience.size() && services.size() > 1;) {
        auto const end = std::min(audience.find(' ', at), audience.size());
        auto meant = meant_for(audience.substr(at, end - at), services, shop);
        if (meant.size() < services.size()) return meant;
        at = end + 1;
    }
    return services;
}

} // namespace assistant
