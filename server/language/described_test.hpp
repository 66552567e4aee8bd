// When as one line of text, for tables: "2026-10-22..2026-10-23 17:00..18:00 afternoon past[…]".
#pragma once

#include <algorithm>
#include <string>

#include "language/when.hpp"

namespace language {

template <class Value, class Format>
std::string stretch(std::optional<Value> from, std::optional<Value> to, Format format) {
    return (from ? format(*from) : std::string()) + (to ? ".." + format(*to) : std::string());
}

inline std::string described(When const& when) {
    auto text = std::string();
    auto const append = [&](std::string_view piece) {
        if (!piece.empty()) text += (text.empty() ? "" : " ") + std::string(piece);
    };
    append(stretch(when.date, when.date_to, base::format_date));
    append(stretch(when.time, when.time_to, base::format_time_of_day));
    append(name_of(when.part_of_day));
    for (auto const& ambiguity : when.ambiguities) {
        auto options = std::string();
        for (auto const& option : ambiguity.options)
            options += (options.empty() ? "" : ",") + option;
        append(std::string(name_of(ambiguity.code)) + "[" + options + "]");
    }
    return text;
}

} // namespace language
