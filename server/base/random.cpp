#include "base/random.hpp"

#include <sodium.h>

#include <stdexcept>
#include <vector>

#include "base/encoding.hpp"

namespace base {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    // Safe from any thread only after sodium_init, which may be called again and then does nothing.
    if (sodium_init() < 0) throw std::runtime_error("libsodium has no source of randomness");
    randombytes_buf(bytes.data(), bytes.size());
}

std::string random_token(Random& random, std::size_t bytes) {
    auto token = std::vector<std::uint8_t>(bytes);
    random.fill(token);
    return to_base64url(token);
}

} // namespace base
