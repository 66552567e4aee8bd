// A reply as sentences: in small ASCII letters, without accents, markdown and pictures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace eval {

struct Sentence {
    std::string text;
    bool is_question = false; ///< between ¿ and ?, or up to a ?
    bool is_item = false;     ///< of a list: "1) …", "- …"
    std::size_t line = 0;
};

/// Lists inside a line ("1) … 2) …") are taken apart too. Never empty texts.
std::vector<Sentence> sentences_of(std::string_view reply);

/// Letters and figures as a sentence has them, separators before groups of three figures left out: for finding texts in
/// replies ("95.000", "95 000" and "95000" are the same).
std::string comparable(std::string_view text);

} // namespace eval
