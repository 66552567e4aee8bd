// A date as a reply writes it, at one place of a sentence.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "eval/tokens.hpp"

namespace eval {

struct StatedDate {
    base::Date date;
    std::ptrdiff_t length; ///< in tokens
};

/// "hoy", "mañana", "jueves 22 de octubre", "vie 23", "22/10", "2026-10-22", "October 22nd", "el 22", "el jueves" (the
/// next one). Without a year the nearest such date.
std::optional<StatedDate> date_at(Tokens const& tokens, std::ptrdiff_t at, base::Date today);

} // namespace eval
