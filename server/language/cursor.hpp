// A place in a message from which the rules of read_when read on. A rule that does not apply leaves it where it was.
#pragma once

#include <optional>
#include <span>

#include "language/tokens.hpp"

namespace language {

class Cursor {
public:
    explicit Cursor(std::span<Token const> tokens) : tokens_(tokens) {}

    bool at_end() const { return place_ >= tokens_.size(); }
    std::size_t place() const { return place_; }
    void move_to(std::size_t place) { place_ = place; }
    void skip() { ++place_; }
    /// The token `ahead` places on (or back); an empty sign beyond the ends.
    Token const& peek(std::ptrdiff_t ahead = 0) const {
        auto const place = static_cast<std::ptrdiff_t>(place_) + ahead;
        return place >= 0 && place < std::ssize(tokens_) ? tokens_[static_cast<std::size_t>(place)] : nothing_;
    }
    /// No space between the last token taken and the next one: "10am", "1º".
    bool is_glued() const { return place_ > 0 && !at_end() && peek().start == peek(-1).end; }

    /// Takes the tokens of `phrase`, which are separated by single spaces, if they come next.
    bool take(std::string_view phrase) {
        auto place = place_;
        while (true) {
            auto const space = phrase.find(' ');
            if (place >= tokens_.size() || tokens_[place].text != phrase.substr(0, space)) return false;
            ++place;
            if (space == std::string_view::npos) break;
            phrase.remove_prefix(space + 1);
        }
        place_ = place;
        return true;
    }
    /// Takes the first phrase of the list that comes next.
    template <class List>
    bool take_any(List const& phrases) {
        for (auto const phrase : phrases) {
            if (take(phrase)) return true;
        }
        return false;
    }
    /// Takes figures or a number word from `least` to `most`.
    std::optional<int> take_number(int least, int most) {
        auto const& token = peek();
        auto const value = token.is_number() ? token.value : token.is_word() ? number_word(token.text) : -1;
        if (value < least || value > most) return std::nullopt;
        skip();
        return value;
    }
    /// Like take_number, but figures only.
    std::optional<int> take_figures(int least, int most) {
        return peek().is_number() ? take_number(least, most) : std::nullopt;
    }

private:
    std::span<Token const> tokens_;
    std::size_t place_ = 0;
    Token nothing_;
};

/// `rule(at)`, with the cursor back where it was if nothing came of it.
template <class Rule>
auto attempt(Cursor& at, Rule rule) {
    auto const start = at.place();
    auto result = rule(at);
    if (!result) at.move_to(start);
    return result;
}

} // namespace language
