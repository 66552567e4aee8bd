#include "eval/tokens.hpp"

#include <algorithm>

namespace eval {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '\''; }

} // namespace

Tokens::Tokens(std::string_view text) {
    auto spaced = true;
    for (auto at = std::size_t{0}; at < text.size();) {
        if (text[at] == ' ') {
            spaced = true;
            ++at;
            continue;
        }
        auto const kind = is_digit(text[at])    ? Token::Kind::number
                          : is_letter(text[at]) ? Token::Kind::word
                                                : Token::Kind::mark;
        auto end = at + 1;
        while (end < text.size() && ((kind == Token::Kind::number && is_digit(text[end])) ||
                                     (kind == Token::Kind::word && is_letter(text[end]))))
            ++end;
        auto token = Token{kind, std::string(text.substr(at, end - at)), 0, spaced};
        if (kind == Token::Kind::number) token.value = token.text.size() > 9 ? 999'999'999 : std::stoi(token.text);
        tokens_.push_back(std::move(token));
        spaced = false;
        at = end;
    }
}

Token const& Tokens::at(std::ptrdiff_t index) const {
    static auto const none = Token{Token::Kind::mark, "", 0, true};
    return index < 0 || index >= static_cast<std::ptrdiff_t>(tokens_.size()) ? none
                                                                             : tokens_[static_cast<std::size_t>(index)];
}

} // namespace eval
