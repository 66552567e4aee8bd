#include "base/hash.hpp"

#include <sodium.h>

#include <array>
#include <bit>

#include "base/encoding.hpp"

namespace base {
namespace {

unsigned char const* bytes(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

} // namespace

std::string hash(std::string_view text) { return keyed_hash(text, {}); }

std::string keyed_hash(std::string_view text, std::string_view key) {
    auto digest = std::array<std::uint8_t, 32>{};
    crypto_generichash(digest.data(), digest.size(), bytes(text), text.size(), key.empty() ? nullptr : bytes(key),
                       key.size());
    return to_base64url(digest);
}

std::uint64_t short_hash(std::string_view text, std::array<std::uint8_t, 16> const& key) {
    auto digest = std::array<std::uint8_t, sizeof(std::uint64_t)>{};
    crypto_shorthash(digest.data(), bytes(text), text.size(), key.data());
    return std::bit_cast<std::uint64_t>(digest);
}

} // namespace base
