// Words, numbers and marks of a sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace eval {

struct Token {
    enum class Kind { word, number, mark };
    Kind kind;
    std::string text;
    int value = 0;       ///< of a number; of at most nine figures
    bool spaced = false; ///< a space stands before it

    bool is(std::string_view wanted) const { return text == wanted; }
    bool is_number(int min, int max) const { return kind == Kind::number && value >= min && value <= max; }
};

/// Never out of bounds: past the end stands an empty mark.
class Tokens {
public:
    explicit Tokens(std::string_view sentence);
    std::size_t size() const { return tokens_.size(); }
    /// Signed, so that looking back before the start is possible.
    Token const& at(std::ptrdiff_t index) const;

private:
    std::vector<Token> tokens_;
};

} // namespace eval
