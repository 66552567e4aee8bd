// What an owner types to find somebody, as patterns of LIKE … ESCAPE '\'. Inside this room only.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace store {

inline constexpr auto most_search_words = std::size_t{5};

struct SearchTerms {
    /// Each has to occur somewhere in the folded text of a row. What follows the fourth word is one phrase; unused ones
    /// match everything.
    std::array<std::string, most_search_words> words;
    /// Set when all of it could be (a part of) a phone number: its digits, without the zeros that a number has in its
    /// own country only.
    std::optional<std::string> digits;
};

/// % and _ stand for themselves.
SearchTerms search_terms(std::string_view text);

/// That a row has all of them: `folded` is an expression of its folded text and the phone, separated by blanks; `c` is
/// the customer. The parameters are the words, from ?`first` on, and the digits after them.
std::string search_condition(std::string const& folded, int first);

} // namespace store
