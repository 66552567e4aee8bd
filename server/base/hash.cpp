#include "base/hash.hpp"

#include <sodium.h>

#include <array>

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

} // namespace base
