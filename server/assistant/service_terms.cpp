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
    return found;
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

} // namespace assistant
