// The words of time, as data: what a phrase means in saying when, everywhere and in one country.
#pragma once

#include <span>
#include <string_view>

#include "language/symbols.hpp"
#include "language/when.hpp"

namespace language {

/// What tells six in the morning from six in the evening. `exact`: on the 24-hour clock already.
enum class Mark { none, am, morning, midday, afternoon, night, exact };

/// Tokens separated by spaces, folded and spelled out as read_tokens gives them.
struct TimeWord {
    constexpr TimeWord(std::string_view words, Sym is, int number = 0) : phrase(words), sym(is), value(number) {}
    constexpr TimeWord(std::string_view words, Sym is, PartOfDay part) : TimeWord(words, is, static_cast<int>(part)) {}
    constexpr TimeWord(std::string_view words, Mark mark) : TimeWord(words, Sym::mark, static_cast<int>(mark)) {}
    std::string_view phrase;
    Sym sym;
    int value;
};

std::span<TimeWord const> words_of_days();
std::span<TimeWord const> words_of_hours();
std::span<TimeWord const> words_of_parts();
/// How moments are joined, refused and corrected.
std::span<TimeWord const> words_of_talk();
/// What shows that a number is no time, and a word no day.
std::span<TimeWord const> words_of_asides();
/// What only this country says, or says with another meaning.
std::span<TimeWord const> words_of_country(std::string_view country);

} // namespace language
