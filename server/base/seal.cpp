#include "base/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "base/encoding.hpp"

namespace base {

namespace {

constexpr auto id_bytes = std::size_t{4};
constexpr auto nonce_size = std::size_t{crypto_aead_xchacha20poly1305_ietf_NPUBBYTES};
constexpr auto tag_size = std::size_t{crypto_aead_xchacha20poly1305_ietf_ABYTES};

static_assert(MasterKey::size == crypto_kdf_KEYBYTES);
static_assert(MasterKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

std::uint8_t const* bytes_of(std::string_view text) { return reinterpret_cast<std::uint8_t const*>(text.data()); }

tl::unexpected<Error> damaged() {
    return fail(Fault::broken, "sealed_damaged", "A sealed value is damaged or stands in the wrong place.");
}

} // namespace

MasterKey::MasterKey(Bytes bytes) : bytes_(bytes) {
    auto const name = derive("key_id__");
    id_ = base::to_hex(std::span(bytes_of(name), id_bytes));
}

Result<MasterKey> MasterKey::parse(std::string_view text) {
    auto const decoded = text.size() == 2 * size ? from_hex(text) : from_base64url(text);
    if (!decoded || decoded->size() != size) {
        return fail(Fault::invalid, "master_key", "A master key has 64 hexadecimal or 43 base64url characters.");
    }
    auto bytes = Bytes();
    std::ranges::copy(*decoded, bytes.begin());
    return MasterKey(bytes);
}

MasterKey MasterKey::generate(Random& random) {
    auto bytes = Bytes();
    random.fill(bytes);
    return MasterKey(bytes);
}

std::string MasterKey::to_hex() const { return base::to_hex(bytes_); }

std::string MasterKey::derive(std::string_view purpose) const {
    if (purpose.size() != crypto_kdf_CONTEXTBYTES) throw std::logic_error("a purpose has exactly 8 characters");
    auto key = std::string(size, '\0');
    auto* const out = reinterpret_cast<std::uint8_t*>(key.data());
    crypto_kdf_derive_from_key(out, key.size(), 1, purpose.data(), bytes_.data());
    return key;
}

std::string MasterKey::seal(std::string_view secret, std::string_view place, Random& random) const {
    auto const prefix = "v1." + id_ + ".";
    auto const context = prefix + std::string(place);
    auto const key = derive("sealing_");
    auto box = std::vector<std::uint8_t>(nonce_size + secret.size() + tag_size);
    random.fill(std::span(box).first(nonce_size));
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + nonce_size, nullptr, bytes_of(secret), secret.size(),
                                               bytes_of(context), context.size(), nullptr, box.data(), bytes_of(key));
    return prefix + to_base64url(box);
}

Result<std::string> MasterKey::open(std::string_view sealed, std::string_view place) const {
    auto const prefix_size = std::string_view("v1.").size() + 2 * id_bytes + 1;
    auto const prefix = sealed.substr(0, prefix_size);
    if (prefix.size() < prefix_size || !prefix.starts_with("v1.") || !prefix.ends_with('.')) return damaged();
    if (prefix.substr(3, 2 * id_bytes) != id_) {
        return fail(Fault::invalid, "wrong_master_key", "The value was sealed under another master key.");
    }
    auto const box = from_base64url(sealed.substr(prefix_size));
    if (!box || box->size() < nonce_size + tag_size) return damaged();
    auto const context = std::string(prefix) + std::string(place);
    auto const key = derive("sealing_");
    auto secret = std::string(box->size() - nonce_size - tag_size, '\0');
    auto* const out = reinterpret_cast<std::uint8_t*>(secret.data());
    auto const status = crypto_aead_xchacha20poly1305_ietf_decrypt(out, nullptr, nullptr, box->data() + nonce_size,
                                                                   box->size() - nonce_size, bytes_of(context),
                                                                   context.size(), box->data(), bytes_of(key));
    if (status != 0) return damaged();
    return secret;
}

} // namespace base
