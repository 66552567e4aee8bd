// Chance that repeats itself.
#pragma once

#include <cstdint>
#include <mutex>
#include <random>
#include <string_view>

#include "base/random.hpp"

namespace eval {

class SeededRandom final : public base::Random {
public:
    explicit SeededRandom(std::string_view seed) {
        auto sequence = std::seed_seq(seed.begin(), seed.end());
        engine_.seed(sequence);
    }
    void fill(std::span<std::uint8_t> bytes) override {
        auto const lock = std::lock_guard(mutex_);
        for (auto& byte : bytes)
            byte = static_cast<std::uint8_t>(engine_() & 0xff);
    }

private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

} // namespace eval
