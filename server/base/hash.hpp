// Hashes. The long ones are BLAKE2b with 32 bytes of output, as base64url: for what is compared but must not be kept
// readable.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

std::string hash(std::string_view text);
/// `key`: 16 to 64 bytes.
std::string keyed_hash(std::string_view text, std::string_view key);
/// SipHash-2-4: for tables in memory that strangers fill.
std::uint64_t short_hash(std::string_view text, std::array<std::uint8_t, 16> const& key);

} // namespace base
