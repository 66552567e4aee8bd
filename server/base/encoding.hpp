// Bytes as text and back, by libsodium in constant time: also for keys.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

std::string to_hex(std::span<std::uint8_t const> bytes);
/// Either case; nullopt for an odd length or anything that is not a digit.
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text);
/// RFC 4648 §5 without padding.
std::string to_base64url(std::span<std::uint8_t const> bytes);
std::optional<std::vector<std::uint8_t>> from_base64url(std::string_view text);

} // namespace base
