#include "store/search_terms.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"

namespace store {
namespace {

/// Two digits are rather the end of "María 2".
constexpr auto least_digits = std::size_t{3};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string containing(std::string_view text) {
    auto pattern = std::string("%");
    for (auto const c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::optional<std::string> phone_pattern(std::string_view text) {
    constexpr auto punctuation = std::string_view(" +-./()");
    auto digits = std::string();
    for (auto const c : text) {
        if (!is_digit(c) && punctuation.find(c) == punctuation.npos) return std::nullopt;
        if (is_digit(c)) digits += c;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    return digits.size() < least_digits ? std::nullopt : std::optional(containing(digits));
}

} // namespace

SearchTerms search_terms(std::string_view text) {
    auto const folded = base::fold(text);
    auto terms = SearchTerms{{}, phone_pattern(folded)};
    auto rest = std::string_view(folded);
    for (auto& word : terms.words) {
        auto const is_last = &word == &terms.words.back();
        auto const next = is_last ? rest : rest.substr(0, rest.find(' '));
        word = next.empty() ? "%" : containing(next);
        rest.remove_prefix(std::min(next.size() + 1, rest.size()));
    }
    return terms;
}

std::string search_condition(std::string const& folded, int first) {
    auto words = std::string();
    auto parameter = first;
    for (auto i = std::size_t{0}; i < most_search_words; ++i) {
        words += (i == 0 ? "" : " AND ") + folded + " LIKE ?" + std::to_string(parameter++) + " ESCAPE '\\'";
    }
    auto const digits = "?" + std::to_string(parameter);
    return "((" + words + ") OR (CAST(" + digits + " AS TEXT) IS NOT NULL AND (c.phone LIKE " + digits +
           " OR c.phone_canonical LIKE " + digits + ")))";
}

} // namespace store
