#include "eval/sentences.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "base/text.hpp"

namespace eval {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// What a character outside ASCII is for us; the rest (pictures, other scripts) is a gap. Openings of questions and
/// exclamations end the sentence before them.
constexpr auto opening = '\x01';
constexpr auto opening_question = '\x02';

char ascii_for(std::string_view character) {
    static auto const known = std::map<std::string_view, char>{{"¿", opening_question},
                                                               {"¡", opening},
                                                               {"–", '-'},
                                                               {"—", '-'},
                                                               {"−", '-'},
                                                               {"‑", '-'},
                                                               {"•", '-'},
                                                               {"·", '-'},
                                                               {"▪", '-'},
                                                               {"●", '-'},
                                                               {"◦", '-'},
                                                               {"»", '"'},
                                                               {"«", '"'},
                                                               {"“", '"'},
                                                               {"”", '"'},
                                                               {"’", '\''},
                                                               {"‘", '\''}};
    auto const found = known.find(character);
    return found == known.end() ? ' ' : found->second;
}

std::size_t length_of(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xf0) return 4;
    return lead >= 0xe0 ? 3 : 2;
}

/// Folding joins lines, so it is done line by line.
std::string plain(std::string_view line) {
    auto const folded = base::fold(line);
    auto text = std::string();
    for (auto at = std::size_t{0}; at < folded.size();) {
        auto const length = length_of(static_cast<unsigned char>(folded[at]));
        auto const character = std::string_view(folded).substr(at, length);
        at += length;
        if (character == "€") {
            text += " eur ";
        } else if (character == "\xe2\x83\xa3") {
            text += ")"; // the frame of a keycap: "1️⃣" is "1)"
        } else if (character == "\xef\xb8\x8f" || character == "\xe2\x80\x8d" || character == "\xe2\x80\x8b") {
            continue; // how the character before is drawn
        } else {
            text += length == 1 ? character.front() : ascii_for(character);
        }
    }
    std::erase_if(text, [](char c) { return c == '*' || c == '_' || c == '~' || c == '`' || c == '#' || c == '>'; });
    return text;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// The length of "1) ", "10. ", "- ", "a) " at the start; 0 when there is none.
std::size_t bullet_length(std::string_view text) {
    auto at = std::size_t{0};
    while (at < text.size() && at < 2 && is_digit(text[at]))
        ++at;
    auto const numbered = at > 0;
    if (!numbered && text.size() > 1 && is_letter(text[0]) && text[1] == ')') return 2;
    if (numbered && at < text.size() && (text[at] == ')' || text[at] == ']')) return at + 1;
    if (numbered && at + 1 < text.size() && (text[at] == '.' || text[at] == '-') && text[at + 1] == ' ') return at + 1;
    if (!numbered && text.size() > 1 && (text[0] == '-' || text[0] == '+') && text[1] == ' ') return 1;
    return 0;
}

/// A point that only shortens a word: "p. m.", "jue. 22", "Dra. Ferreyra".
bool is_abbreviation(std::string_view before) {
    static constexpr auto known = std::to_array<std::string_view>(
        {"dr",  "dra", "sr",  "sra", "av",  "avda", "ej",  "lun",  "mar", "mie", "jue", "vie",   "sab", "dom",  "ene",
         "feb", "abr", "may", "jun", "jul", "ago",  "sep", "sept", "oct", "nov", "dic", "mon",   "tue", "tues", "wed",
         "thu", "fri", "sat", "sun", "jan", "apr",  "aug", "dec",  "num", "tel", "hrs", "aprox", "mr",  "mrs",  "ms"});
    auto start = before.size();
    while (start > 0 && is_letter(before[start - 1]))
        --start;
    auto const word = before.substr(start);
    return word.size() == 1 || std::ranges::find(known, word) != known.end();
}

bool ends_sentence(std::string_view text, std::size_t at) {
    auto const c = text[at];
    if (c == '?' || c == '!') return true;
    if (c != '.') return false;
    auto const next = at + 1 < text.size() ? text[at + 1] : ' ';
    return (next == ' ' || next == '"' || next == ')') && !is_abbreviation(text.substr(0, at));
}

/// " 2) " inside a line begins the next point of a list.
bool begins_item(std::string_view text, std::size_t at) {
    return at > 0 && text[at - 1] == ' ' && is_digit(text[at]) &&
           text.substr(at + 1 + (at + 1 < text.size() && is_digit(text[at + 1]) ? 1 : 0)).starts_with(")");
}

class Splitter {
public:
    void take_line(std::string_view line) {
        ++line_;
        item_ = false;
        auto const text = plain(line);
        auto rest = trimmed(text);
        if (auto const bullet = bullet_length(rest); bullet > 0) {
            item_ = true;
            rest = trimmed(rest.substr(bullet));
        }
        for (auto at = std::size_t{0}; at < rest.size(); ++at)
            take(rest, at);
        flush(false);
    }
    std::vector<Sentence> done() { return std::move(sentences_); }

private:
    void take(std::string_view rest, std::size_t at) {
        if (rest[at] == opening || rest[at] == opening_question) return flush(false);
        if (begins_item(rest, at)) {
            flush(false);
            item_ = true;
        }
        sentence_ += rest[at];
        if (ends_sentence(rest, at)) flush(rest[at] == '?');
    }
    void flush(bool question) {
        auto text = std::string(trimmed(sentence_));
        sentence_.clear();
        if (item_ && bullet_length(text) > 0) text = trimmed(std::string_view(text).substr(bullet_length(text)));
        if (std::ranges::none_of(text, [](char c) { return is_letter(c) || is_digit(c); })) return;
        sentences_.push_back({std::move(text), question, item_, line_});
    }

    std::vector<Sentence> sentences_;
    std::string sentence_;
    bool item_ = false;
    std::size_t line_ = 0;
};

/// "95.000" → "95000", also with a comma, a space or an apostrophe; "12,5" stays.
bool separates_thousands(std::string const& text, std::size_t at) {
    if (text[at] != '.' && text[at] != ',' && text[at] != ' ' && text[at] != '\'') return false;
    if (at == 0 || !is_digit(text[at - 1]) || at + 3 >= text.size()) return false;
    auto const group =
        std::all_of(text.begin() + static_cast<long>(at) + 1, text.begin() + static_cast<long>(at) + 4, is_digit);
    return group && (at + 4 == text.size() || !is_digit(text[at + 4]));
}

} // namespace

std::vector<Sentence> sentences_of(std::string_view reply) {
    auto splitter = Splitter();
    for (auto at = std::size_t{0}; at <= reply.size();) {
        auto const end = std::min(reply.find('\n', at), reply.size());
        splitter.take_line(reply.substr(at, end - at));
        at = end + 1;
    }
    return splitter.done();
}

std::string comparable(std::string_view text) {
    auto const folded = plain(text);
    auto kept = std::string();
    for (auto at = std::size_t{0}; at < folded.size(); ++at) {
        if (separates_thousands(folded, at)) continue;
        if (folded[at] == ' ' && kept.ends_with(' ')) continue;
        kept += folded[at];
    }
    return std::string(trimmed(kept));
}

} // namespace eval
