#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "language/intent.hpp"
#include "language/lexicon.hpp"
#include "language/tokens.hpp"

namespace language {

namespace {

constexpr double least_score = 0.4;
constexpr double least_likeness = 0.6; ///< of trigrams, for words to be one word with a typo
constexpr double weight_of_common_word = 0.3;
constexpr double other_audience = 0.6;  ///< "corte caballero" speaks against "Corte de mujer"
constexpr std::size_t most_words = 200; ///< of the text; bounds the time

constexpr auto audiences = std::to_array<std::string_view>({"hombre", "mujer", "nino"});
constexpr auto common_words = std::to_array<std::string_view>(
    {"primera", "primero", "segunda", "dental", "servicio", "completo", "completa", "sencillo", "basico"});
template <class List>
bool is_one_of(std::string_view word, List const& list) {
    return std::ranges::find(list, word) != list.end();
}

std::vector<std::string> content_words(std::string_view text) {
    auto words = std::vector<std::string>();
    for (auto const& token : read_tokens(text)) {
        if (words.size() == most_words) break;
        if (token.kind == Token::Kind::sign || is_idle(token.text)) continue;
        auto word = family_of(token.text);
        if (!is_one_of(word, words)) words.push_back(std::move(word));
    }
    return words;
}

std::set<std::string> trigrams(std::string_view word) {
    auto const padded = "  " + std::string(word) + "  ";
    auto result = std::set<std::string>();
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i)
        result.insert(padded.substr(i, 3));
    return result;
}

/// Dice's coefficient of the trigrams.
double likeness(std::string_view a, std::string_view b) {
    auto const in_a = trigrams(a);
    auto const in_b = trigrams(b);
    auto const shared = std::ranges::count_if(in_a, [&](auto const& trigram) { return in_b.contains(trigram); });
    return 2.0 * static_cast<double>(shared) / static_cast<double>(in_a.size() + in_b.size());
}

bool is_same_but_last_letter(std::string_view a, std::string_view b) {
    return a.size() == b.size() && a.substr(0, a.size() - 1) == b.substr(0, b.size() - 1);
}

/// "mehcas"
bool has_letters_swapped(std::string a, std::string b) {
    if (a.size() < 5 || a.back() != b.back()) return false;
    std::ranges::sort(a);
    std::ranges::sort(b);
    return a == b;
}

/// 1 for the same word, less for one with a typo, 0 for another word. Typos spare the first letter.
double similarity(std::string const& a, std::string const& b) {
    if (a == b) return 1;
    if (a.size() < 4 || b.size() < 4 || a[0] != b[0]) return 0;
    auto const longer = std::max(a.size(), b.size());
    if (longer - std::min(a.size(), b.size()) > 3) return 0;
    if (longer > 5 && is_same_but_last_letter(a, b)) return 0.9;
    if (has_letters_swapped(a, b)) return 0.85;
    auto const like = likeness(a, b);
    return like >= least_likeness ? 0.8 + 0.1 * like : 0;
}

double weight_in_name(std::string const& word) { return is_one_of(word, common_words) ? weight_of_common_word : 1; }
/// Hair says little where everything is about hair; in "cortarme el pelo" it is half of the name all the same.
double weight_in_text(std::string const& word) { return word == "pelo" ? weight_of_common_word : weight_in_name(word); }

double best_similarity(std::string const& word, std::vector<std::string> const& words) {
    auto best = 0.0;
    for (auto const& other : words)
        best = std::max(best, similarity(word, other));
    return best;
}

/// The share of `words` found in `others`, by weight.
template <class Weight>
double share(std::vector<std::string> const& words, std::vector<std::string> const& others, Weight weight_of) {
    auto found = 0.0;
    auto all = 0.0;
    for (auto const& word : words) {
        all += weight_of(word);
        found += weight_of(word) * best_similarity(word, others);
    }
    return all == 0 ? 0 : found / all;
}

/// A name all of whose words are stop words is compared as a whole.
std::vector<std::string> words_of_name(std::string const& name) {
    auto words = content_words(name);
    if (words.empty()) words.push_back(base::fold(name));
    return words;
}

using Names = std::vector<std::vector<std::string>>;

bool speaks_against(std::vector<std::string> const& said, Names const& names) {
    auto const is_for = [&](std::string_view audience) {
        return std::ranges::any_of(names, [&](auto const& name) { return is_one_of(audience, name); });
    };
    auto const is_meant = [&](std::string_view audience) { return is_one_of(audience, said); };
    auto const has_audience = std::ranges::any_of(audiences, is_for);
    auto const is_fitting = std::ranges::any_of(
        audiences, [&](std::string_view audience) { return is_for(audience) && is_meant(audience); });
    return has_audience && !is_fitting && std::ranges::any_of(audiences, is_meant);
}

/// How much of a name was said, and how much of what names anything it accounts for.
double score_of(std::vector<std::string> const& said, Names const& names) {
    auto best = 0.0;
    for (auto const& name : names) {
        auto const covered = share(name, said, weight_in_name);
        if (covered > 0) best = std::max(best, covered * (0.7 + 0.3 * share(said, name, weight_in_text)));
    }
    return speaks_against(said, names) ? best * other_audience : best;
}

/// The words of the text that occur in any of the names.
std::vector<std::string> naming_words(std::string_view text, std::vector<Names> const& names) {
    auto vocabulary = std::vector<std::string>();
    for (auto const& term : names) {
        for (auto const& name : term)
            vocabulary.insert(vocabulary.end(), name.begin(), name.end());
    }
    vocabulary.insert(vocabulary.end(), audiences.begin(), audiences.end());
    auto words = content_words(text);
    std::erase_if(words, [&](auto const& word) { return best_similarity(word, vocabulary) == 0; });
    return words;
}

} // namespace

std::vector<TermMatch> match_terms(std::string_view text, std::span<Term const> terms) {
    auto names = std::vector<Names>();
    for (auto const& term : terms) {
        auto& of_term = names.emplace_back();
        for (auto const& name : term.names)
            of_term.push_back(words_of_name(name));
    }
    auto const said = naming_words(text, names);
    auto matches = std::vector<TermMatch>();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        auto const score = score_of(said, names[i]);
        if (score >= least_score) matches.push_back({terms[i].id, score});
    }
    std::ranges::stable_sort(matches, std::ranges::greater(), &TermMatch::score);
    return matches;
}

} // namespace language
