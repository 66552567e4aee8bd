#include "language/symbols.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "language/calendar_names.hpp"
#include "language/feasts.hpp"
#include "language/time_words.hpp"

namespace language {

namespace {

struct Entry {
    std::vector<std::string> rest; ///< of the phrase, after its first word
    Sym sym;
    int value;
    bool has_article; ///< ends in "del" or "al", of which "el" belongs to what follows
};

/// All phrases of a country by their first word, the longest first.
class Lexicon {
public:
    explicit Lexicon(std::string_view country) {
        add(words_of_country(country)); // before the others: a country may say the same in its own way
        add(words_of_days());
        add(words_of_hours());
        add(words_of_parts());
        add(words_of_talk());
        add(words_of_asides());
        add_feasts(country);
    }

    /// The longest phrase that begins at tokens[place].
    Entry const* find(std::vector<Token> const& tokens, std::size_t place) const {
        auto const found = by_first_.find(tokens[place].text);
        if (found == by_first_.end()) return nullptr;
        auto const fits = [&](Entry const& entry) {
            auto const& rest = entry.rest;
            return place + rest.size() < tokens.size() &&
                   std::equal(
                       rest.begin(), rest.end(), tokens.begin() + static_cast<std::ptrdiff_t>(place) + 1,
                       [](std::string const& word, Token const& token) { return token.text == word; });
        };
        auto const entry = std::ranges::find_if(found->second, fits);
        return entry == found->second.end() ? nullptr : &*entry;
    }

    /// Part of some phrase: no misspelling.
    bool knows(std::string const& word) const { return vocabulary_.contains(word); }

private:
    void add(std::span<TimeWord const> words) {
        for (auto const& word : words)
            add(word.phrase, word.sym, word.value);
    }

    void add(std::string_view phrase, Sym sym, int value) {
        auto words = std::vector<std::string>();
        for (auto rest = phrase; !rest.empty();) {
            auto const space = std::min(rest.find(' '), rest.size());
            words.emplace_back(rest.substr(0, space));
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
        vocabulary_.insert(words.begin(), words.end());
        auto const first = words.front();
        words.erase(words.begin());
        auto& entries = by_first_[first];
        insert(entries, {words, sym, value, false});
        if (words.empty() || (words.back() != "de" && words.back() != "a")) return;
        words.back() += 'l';
        insert(entries, {std::move(words), sym, value, true});
    }

    /// Behind those that are as long: what was added first is found first.
    static void insert(std::vector<Entry>& entries, Entry entry) {
        auto const is_longer = [](Entry const& a, Entry const& b) { return a.rest.size() > b.rest.size(); };
        entries.insert(std::upper_bound(entries.begin(), entries.end(), entry, is_longer), std::move(entry));
    }

    void add_feasts(std::string_view country) {
        auto index = 0;
        for (auto const& feast : feasts()) {
            for (auto names = is_kept_in(feast, country) ? feast.names : std::string_view(); !names.empty();) {
                auto const bar = std::min(names.find('|'), names.size());
                add(names.substr(0, bar), Sym::feast, index);
                names.remove_prefix(std::min(bar + 1, names.size()));
            }
            ++index;
        }
    }

    std::unordered_map<std::string, std::vector<Entry>> by_first_;
    std::unordered_set<std::string> vocabulary_;
};

Lexicon const& lexicon_of(std::string_view country) {
    static auto const spain = Lexicon("ES");
    static auto const mexico = Lexicon("MX");
    static auto const colombia = Lexicon("CO");
    static auto const argentina = Lexicon("AR");
    static auto const chile = Lexicon("CL");
    static auto const elsewhere = Lexicon("");
    if (country == "ES") return spain;
    if (country == "MX") return mexico;
    if (country == "CO") return colombia;
    if (country == "AR") return argentina;
    return country == "CL" ? chile : elsewhere;
}

int sign_value(std::string_view sign) {
    if (sign.size() == 1) return static_cast<unsigned char>(sign[0]) < 128 ? sign[0] : static_cast<int>(sign_other);
    if (sign == "º" || sign == "°" || sign == "ª") return sign_ordinal;
    if (sign == "½") return sign_half;
    if (sign == "€") return sign_euro;
    if (sign == "’") return sign_quote;
    if (sign == "–" || sign == "—") return '-';
    return sign_other;
}

class Writer {
public:
    Writer(std::string_view text, std::string_view country)
        : text_(text), tokens_(read_tokens(text)), lexicon_(lexicon_of(country)) {}

    std::vector<Symbol> write() && {
        correct_spelling();
        symbols_.reserve(tokens_.size() + 8);
        while (place_ < tokens_.size())
            write_next();
        return std::move(symbols_);
    }

private:
    void correct_spelling() {
        auto corrected = std::vector<Token>();
        corrected.reserve(tokens_.size() + 4);
        for (auto& token : tokens_) {
            corrected.push_back(std::move(token));
            split_or_correct(corrected);
        }
        tokens_ = std::move(corrected);
    }

    /// The last token: as it was meant, or the two that it is.
    void split_or_correct(std::vector<Token>& tokens) const {
        while (tokens.back().is_word() && !lexicon_.knows(tokens.back().text)) {
            auto const word = tokens.back().text;
            auto const meant = spelling_meant(word);
            auto const parts = meant.empty() ? unglued(word) : std::nullopt;
            if (!meant.empty()) tokens.back().text = meant;
            if (!parts) return;
            tokens.push_back(tokens.back());
            tokens[tokens.size() - 2].text = parts->head;
            tokens.back().text = parts->tail;
        }
    }

    void write_next() {
        write_line_break();
        auto const& token = tokens_[place_];
        if (auto const* entry = lexicon_.find(tokens_, place_)) {
            push(entry->rest.size() + 1, entry->sym, entry->value);
            if (entry->has_article) push_article();
        } else if (token.is("del") || token.is("al")) {
            push(1, token.is("al") ? Sym::a : Sym::de);
            push_article();
        } else if (token.kind == Token::Kind::sign) {
            push(1, Sym::sign, sign_value(token.text));
        } else if (auto const number = number_at(place_); number.tokens > 0) {
            push(number.tokens, Sym::number, number.value);
        } else {
            push(1, Sym::unknown);
        }
    }

    struct Number {
        std::size_t tokens = 0;
        int value = -1;
    };
    /// Figures, or a word; "treinta y cinco" is one number. A number too long for a time is 1,000,000,000.
    Number number_at(std::size_t place) const {
        auto const& token = tokens_[place];
        if (token.is_number()) return {1, token.value >= 0 ? token.value : 1'000'000'000};
        auto const value = number_word(token.text);
        if (value < 0) return {};
        auto const is_tens = value >= 30 && value % 10 == 0;
        if (!is_tens || place + 2 >= tokens_.size() || !tokens_[place + 1].is("y")) return {1, value};
        auto const ones = number_word(tokens_[place + 2].text);
        return ones >= 1 && ones <= 9 ? Number{3, value + ones} : Number{1, value};
    }

    void write_line_break() {
        auto const start = tokens_[place_].start;
        auto const before = place_ == 0 ? 0 : std::min(tokens_[place_ - 1].end, start);
        if (text_.substr(before, start - before).find('\n') == std::string_view::npos) return;
        symbols_.push_back({.sym = Sym::sign, .value = '\n', .start = start, .end = start});
    }

    /// The article in "del" and "al".
    void push_article() {
        symbols_.push_back({.sym = Sym::el, .start = symbols_.back().start, .end = symbols_.back().end});
    }

    void push(std::size_t count, Sym sym, int value = 0) {
        auto const& first = tokens_[place_];
        auto symbol = Symbol{.sym = sym, .value = value, .start = first.start, .end = tokens_[place_ + count - 1].end};
        symbol.glued = place_ > 0 && first.start == tokens_[place_ - 1].end;
        symbol.capital = text_[first.start] >= 'A' && text_[first.start] <= 'Z';
        if (sym == Sym::number && first.is_number()) {
            symbol.digits = static_cast<std::uint8_t>(std::min<std::size_t>(first.text.size(), 255));
            symbol.leading_zero = first.text[0] == '0' && first.text.size() > 1;
        }
        symbols_.push_back(symbol);
        place_ += count;
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    Lexicon const& lexicon_;
    std::vector<Symbol> symbols_;
    std::size_t place_ = 0;
};

} // namespace

std::vector<Symbol> read_symbols(std::string_view text, std::string_view country) {
    return Writer(text, country).write();
}

} // namespace language
