#include "api/language_of.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

namespace api {
namespace {

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// `en-GB` → en; `*` is whatever the fallback is.
std::optional<Language> named(std::string_view range, Language fallback) {
    auto primary = std::string(range.substr(0, range.find('-')));
    std::ranges::transform(primary, primary.begin(), [](unsigned char c) { return std::tolower(c); });
    if (primary == "es") return Language::es;
    if (primary == "en") return Language::en;
    return primary == "*" ? std::optional(fallback) : std::nullopt;
}

/// From 0 to 1000; what cannot be read weighs nothing.
int weight_of(std::string_view parameters) {
    auto const q = parameters.find("q=");
    if (q == parameters.npos) return 1000;
    auto const digits = parameters.substr(q + 2);
    if (digits.starts_with('1')) return 1000;
    if (!digits.starts_with("0.")) return 0;
    auto weight = 0;
    auto unit = 100;
    for (auto const c : digits.substr(2, 3)) {
        if (c < '0' || c > '9') break;
        weight += unit * (c - '0');
        unit /= 10;
    }
    return weight;
}

} // namespace

Language language_of(std::string_view accept_language, Language fallback) {
    auto best = fallback;
    auto heaviest = 0;
    for (auto rest = accept_language; !rest.empty();) {
        auto const part = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        auto const semicolon = std::min(part.find(';'), part.size());
        auto const language = named(trimmed(part.substr(0, semicolon)), fallback);
        auto const weight = weight_of(part.substr(semicolon));
        if (language && weight > heaviest) {
            best = *language;
            heaviest = weight;
        }
    }
    return best;
}

} // namespace api
