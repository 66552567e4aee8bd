// Any bytes as a query. Whatever is accepted is UTF-8 without NUL, and means the same when it is escaped anew.
#include <cstdint>
#include <cstdlib>

#include "api/http/message.hpp"
#include "base/text.hpp"

namespace {

using namespace api::http;

void insist(bool holds) {
    if (!holds) std::abort();
}

/// Every byte.
std::string escaped(std::string_view text) {
    constexpr auto digits = std::string_view("0123456789ABCDEF");
    auto result = std::string();
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return result;
}

bool is_sound(std::string_view text) { return base::is_valid_utf8(text) && text.find('\0') == text.npos; }

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::string_view(reinterpret_cast<char const*>(data), size);
    if (auto const decoded = percent_decode(bytes)) {
        insist(bytes.find('\0') != bytes.npos || is_sound(*decoded));
        insist(decoded->find('\0') != decoded->npos || percent_decode(escaped(*decoded)) == decoded);
    }
    // A raw NUL never gets this far: a target that has one is refused.
    auto const query = bytes.find('\0') == bytes.npos ? parse_query(bytes) : std::nullopt;
    if (!query) return 0;
    auto plain = std::string();
    for (auto const& [name, value] : *query) {
        insist(is_sound(name) && is_sound(value));
        plain += (plain.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    }
    insist(parse_query(plain) == query);
    return 0;
}
