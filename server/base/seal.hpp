// Secrets at rest: XChaCha20-Poly1305 under a master key with an id, bound to the place where the row lives.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"

namespace base {

class MasterKey {
public:
    static constexpr std::size_t size = 32;
    using Bytes = std::array<std::uint8_t, size>;

    explicit MasterKey(Bytes bytes);
    /// 64 hexadecimal characters, or 43 of base64url. Anything else → invalid `master_key`.
    static Result<MasterKey> parse(std::string_view text);
    static MasterKey generate(Random& random);

    /// First 8 hexadecimal characters of a hash of the key: names it without revealing it.
    std::string const& id() const { return id_; }
    std::string to_hex() const;
    /// A key for another purpose, derived with BLAKE2b: `purpose` has exactly 8 characters, such as "tokens__".
    std::string derive(std::string_view purpose) const;

    /// `v1.<key id>.<base64url of nonce and ciphertext>`. `place` is authenticated: `business|table|column|row`.
    std::string seal(std::string_view secret, std::string_view place, Random& random) const;
    /// Another key id → invalid `wrong_master_key`; tampered or moved → broken `sealed_damaged`.
    Result<std::string> open(std::string_view sealed, std::string_view place) const;

private:
    Bytes bytes_;
    std::string id_;
};

/// APUNTA_MASTER_KEY, else the file APUNTA_MASTER_KEY_FILE, else `file`. When `file` does not exist: made once with
/// mode 0600 if `may_create`, else invalid `master_key_missing` (a database with sealed rows never gets a new key).
Result<MasterKey> load_master_key(std::filesystem::path const& file, bool may_create, Random& random);

} // namespace base
