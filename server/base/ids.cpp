#include "base/ids.hpp"

#include <algorithm>
#include <array>

#include "base/encoding.hpp"
#include "base/random.hpp"

namespace base {

namespace {

bool is_dash_place(std::size_t place) { return place == 8 || place == 13 || place == 18 || place == 23; }

bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

} // namespace

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash_place(i) ? text[i] != '-' : !is_lower_hex(text[i])) return false;
    }
    return true;
}

std::string make_uuid(Instant now, Random& random) {
    auto bytes = std::array<std::uint8_t, 16>();
    random.fill(std::span(bytes).subspan(6));
    auto millis = static_cast<std::uint64_t>(std::max<std::int64_t>(to_millis(now), 0));
    for (std::size_t i = 6; i-- > 0; millis >>= 8)
        bytes[i] = static_cast<std::uint8_t>(millis & 0xff);
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x70); // version 7
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80); // variant of RFC 9562
    auto text = to_hex(bytes);
    for (auto const place : {8U, 13U, 18U, 23U})
        text.insert(place, 1, '-');
    return text;
}

} // namespace base
