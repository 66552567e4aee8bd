// Words of time with a letter wrong, and the names of the weekdays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "language/tokens.hpp"

namespace language {

/// The weekday, month or other common word of time that `word` (folded) was meant to be when it is written as it
/// sounds ("bierness", "juevez") or has one letter wrong ("sabdo"); empty when it is none, or when more than one can be
/// meant. A word that is right in Spanish is none: "lunas" are no lunes.
std::string_view spelling_meant(std::string_view word);

struct Glued {
    std::string_view head;
    std::string_view tail;
};
/// "latarde" is "la tarde", "ymedia" "y media": both parts are of `word`.
std::optional<Glued> unglued(std::string_view word);

/// 1 = Monday … 7; 0 when the token names none.
unsigned weekday_named(Token const& token);

} // namespace language
