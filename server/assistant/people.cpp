#include "assistant/people.hpp"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <utility>

#include "assistant/company.hpp"
#include "assistant/service_terms.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0; }

/// An upper-case first letter; the letters of Spanish with accents have 0x80–0x9F as their second byte when upper case.
bool capitalised(std::string_view word) {
    if (word.empty()) return false;
    if (std::isupper(static_cast<unsigned char>(word[0]))) return true;
    return word.size() > 1 && word[0] == '\xC3' && static_cast<unsigned char>(word[1]) <= 0x9E;
}

/// Up to three words of a name; the first may be written small, what follows must be written as a name.
std::string name_from(std::vector<std::string> const& words, std::size_t at) {
    std::string name;
    for (auto const end = at + 3; at < end && at < words.size(); ++at) {
        if (words[at].empty() || (!name.empty() && !capitalised(words[at]))) break;
        name += (name.empty() ? "" : " ") + words[at];
    }
    return name;
}

bool matches(std::vector<std::string> const& words, std::size_t at, std::initializer_list<std::string_view> phrase) {
    for (auto const expected : phrase) {
        if (at >= words.size() || base::fold(words[at]) != expected) return false;
        ++at;
    }
    return true;
}

/// After "para mi hija" comes a name only when it is written as one.
std::string relative_named(std::vector<std::string> const& words, std::size_t at) {
    auto const whose = matches(words, at, {"mi"}) || matches(words, at, {"my"});
    if (!whose || at + 2 >= words.size() || !audience_of_relation(base::fold(words[at + 1]))) return "";
    return capitalised(words[at + 2]) ? name_from(words, at + 2) : "";
}

std::string name_beginning(std::vector<std::string> const& words, std::size_t at) {
    if (matches(words, at, {"a", "nombre", "de"}) || matches(words, at, {"under", "the", "name"})) {
        auto const relative = relative_named(words, at + 3);
        return relative.empty() ? name_from(words, at + 3) : relative;
    }
    if (matches(words, at, {"para"}) || matches(words, at, {"pa"}) || matches(words, at, {"for"})) {
        return relative_named(words, at + 1);
    }
    if (matches(words, at, {"me", "llamo"}) || matches(words, at, {"mi", "nombre", "es"})) {
        return name_from(words, at + (matches(words, at, {"me"}) ? 2 : 3));
    }
    if (matches(words, at, {"se", "llama"})) return name_from(words, at + 2);
    if (matches(words, at, {"my", "name", "is"})) return name_from(words, at + 3);
    auto const says_who = matches(words, at, {"soy"}) && at + 1 < words.size() && capitalised(words[at + 1]);
    return says_who ? name_from(words, at + 1) : "";
}

std::vector<language::Term> staff_terms(Shop const& shop) {
    std::vector<language::Term> terms;
    terms.reserve(shop.staff.size());
    for (auto const& member : shop.staff)
        terms.push_back({member.id.text(), {member.name}});
    return terms;
}

/// Up to three words, enough for a title and a name: "la doctora Rossi".
std::string words_after(std::vector<std::string> const& words, std::size_t at) {
    std::string text;
    for (auto next = at + 1; next < words.size() && next <= at + 3; ++next)
        text += words[next] + " ";
    return text;
}

} // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (char const c : text) {
        if (is_word_byte(c) || c == '\'') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
        // A name ends where the sentence pauses.
        if (c == ',' || c == '.' || c == '\n' || c == '?' || c == '!') words.emplace_back();
    }
    words.push_back(word);
    return words;
}

std::string name_written_at(std::vector<std::string> const& words, std::size_t at) {
    return at < words.size() && capitalised(words[at]) ? name_from(words, at) : "";
}

std::optional<std::string> volunteered_name(std::string_view text) {
    auto const words = words_of(text);
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (auto const name = name_beginning(words, at); !name.empty()) return language::read_name(name);
    }
    return std::nullopt;
}

StaffWish staff_named(std::string_view text, Shop const& shop) {
    StaffWish wish;
    auto const words = words_of(text);
    auto const terms = staff_terms(shop);
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (!matches(words, at, {"con"}) && !matches(words, at, {"with"})) continue;
        auto const name = words_after(words, at);
        if (auto const found = language::match_terms(name, terms); !found.empty()) {
            return {base::StaffId(found.front().id), false};
        }
        auto const article = matches(words, at + 1, {"el"}) || matches(words, at + 1, {"la"});
        auto const named = at + (article ? 2U : 1U);
        // "¿trabajan con Adeslas?" asks about an insurance.
        auto const works = at > 0 && base::fold(words[at - 1]).find("trabaj") != std::string::npos;
        wish.unknown =
            !works && named < words.size() && capitalised(words[named]) && services_named(name, shop).empty();
    }
    return wish;
}

} // namespace assistant
