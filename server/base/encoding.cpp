#include "base/encoding.hpp"

#include <sodium.h>

namespace base {

namespace {

constexpr auto url_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

} // namespace

std::string to_hex(std::span<std::uint8_t const> bytes) {
    auto text = std::string(bytes.size() * 2, '\0');
    sodium_bin2hex(text.data(), text.size() + 1, bytes.data(), bytes.size());
    return text;
}

std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text) {
    auto bytes = std::vector<std::uint8_t>(text.size());
    if (text.empty()) return bytes; // libsodium wants a place to write to
    std::size_t length = 0;
    auto const* end = text.data();
    auto const status = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end);
    if (status != 0 || end != text.data() + text.size()) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

std::string to_base64url(std::span<std::uint8_t const> bytes) {
    auto text = std::string(sodium_base64_encoded_len(bytes.size(), url_variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), url_variant);
    text.pop_back(); // the terminating zero is counted
    return text;
}

std::optional<std::vector<std::uint8_t>> from_base64url(std::string_view text) {
    auto bytes = std::vector<std::uint8_t>(text.size());
    if (text.empty()) return bytes;
    std::size_t length = 0;
    auto const* end = text.data();
    auto const status =
        sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end, url_variant);
    if (status != 0 || end != text.data() + text.size()) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

} // namespace base
