// A message as words, numbers and signs: what all readers of this room start from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace language {

struct Token {
    enum class Kind { word, number, sign };
    Kind kind = Kind::sign;
    std::string text;      ///< a word folded (base::fold) and spelled out ("q" is "que"); digits; a sign as written
    std::size_t start = 0; ///< bytes of the message
    std::size_t end = 0;
    int value = -1; ///< of a number of up to 9 digits
    bool is(std::string_view other) const { return text == other; }
    bool is_word() const { return kind == Kind::word; }
    bool is_number() const { return kind == Kind::number; }
};

/// Linear. Of a longer message only the first 4,096 bytes are read: nobody makes an appointment further down.
std::vector<Token> read_tokens(std::string_view text);

/// The words and numbers with one space before, between and after them, so that phrases can be searched as text.
std::string as_line(std::vector<Token> const& tokens);
/// Whether the line has the phrase; a last word ending in * stands for all words that begin so.
bool says(std::string_view line, std::string_view phrase);

/// The number that a word stands for, "cero" to "cincuenta y nueve" in one word, and in English; -1 if none.
int number_word(std::string_view word);

} // namespace language
