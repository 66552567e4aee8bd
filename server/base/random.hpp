// Randomness as a door, so that tests can repeat themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace base {

class Random {
public:
    virtual ~Random() = default;
    /// Fills `bytes`; thread-safe.
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// libsodium's generator: for everything outside tests.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

/// `bytes` random bytes as unpadded base64url: 32 make a token.
std::string random_token(Random& random, std::size_t bytes);

} // namespace base
