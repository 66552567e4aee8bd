#include "api/csv.hpp"

#include <algorithm>
#include <array>

namespace api {
namespace {

bool looks_like_formula(std::string_view text) {
    constexpr auto beginnings =
        std::to_array<std::string_view>({"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"});
    return std::ranges::any_of(beginnings, [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool needs_quotes(std::string_view text) {
    return text.find_first_of("\",\r\n") != text.npos || text.starts_with(' ') || text.ends_with(' ');
}

} // namespace

Csv& Csv::cell(std::string_view text) {
    if (!first_in_row_) text_ += ',';
    first_in_row_ = false;
    auto const quoted = needs_quotes(text);
    if (quoted) text_ += '"';
    if (looks_like_formula(text)) text_ += '\'';
    for (auto const c : text) {
        if (c == '"') text_ += '"';
        text_ += c;
    }
    if (quoted) text_ += '"';
    return *this;
}

Csv& Csv::end_row() {
    text_ += "\r\n";
    first_in_row_ = true;
    return *this;
}

} // namespace api
