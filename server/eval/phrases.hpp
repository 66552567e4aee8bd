// Phrases looked for in sentences (see sentences.hpp), as alternatives of whole words.
#pragma once

#include <regex>
#include <string>

namespace eval {

inline std::regex phrase(std::string const& alternatives) {
    return std::regex("\\b(?:" + alternatives + ")\\b", std::regex::optimize);
}
inline bool holds(std::string const& sentence, std::regex const& phrases) {
    return std::regex_search(sentence, phrases);
}

} // namespace eval
