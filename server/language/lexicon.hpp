// The words of customers as data: lexicon.json, compiled in.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/tokens.hpp"
#include "language/topics.hpp"

namespace language {

/// The topics a line (as_line) speaks of.
std::bitset<topic_count> topics_of(std::string_view line);

/// Words that name nothing.
bool is_idle(std::string_view word);

/// Words (or two or three of them) of another language, and what they are in Spanish.
using Gloss = std::unordered_map<std::string, std::string>;
/// Of ca or pt; nullptr for the languages that are understood as they are.
Gloss const* gloss_of(std::string_view language);

/// How many words of the tokens are common in the language (es, en, ca, pt).
int words_of_language(std::string_view language, std::vector<Token> const& tokens);

} // namespace language
