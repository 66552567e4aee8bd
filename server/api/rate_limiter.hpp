// How often somebody may do something: a token bucket for each of many keys, in memory of a fixed size. Time is an
// argument, from a clock that nobody sets.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace api {

/// What hammering on costs: nothing, or a wait that doubles each time, up to the period.
enum class Insistence { free, doubles_the_wait };

/// `times` at once; each is given back after a `times`-th of the period.
struct Rate {
    std::string_view name; ///< as clients read it
    std::int64_t times;    ///< 1 to 1 000 000
    std::chrono::seconds period;
    Insistence insistence = Insistence::free;
};

class RateLimiter {
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Wait = std::chrono::microseconds;

    /// `keys`: a power of two, at least 8; of 16 bytes each. When more are in use, those are forgotten that are nearest
    /// to being free. Which key lies where is secret, so nobody can choose whom to displace.
    RateLimiter(Rate const& rate, std::size_t keys, base::Random& random);

    /// Takes one; or, when there is none left, answers how long it takes until there is.
    /// Zero: taken.
    Wait take(std::string_view key, Moment now);
    /// Puts one back.
    void give_back(std::string_view key, Moment now);
    Rate const& rate() const { return rate_; }

private:
    static constexpr auto ways = std::size_t{8};
    struct Bucket {
        std::uint64_t key = 0;
        std::int64_t full_at = 0; ///< microseconds: when all has been given back; in the past: it has
    };
    Bucket& find(std::string_view key);

    Rate rate_;
    std::int64_t period_;   ///< microseconds
    std::int64_t interval_; ///< in which one is given back
    std::array<std::uint8_t, 16> secret_{};
    std::mutex mutex_;
    std::vector<Bucket> buckets_;
};

} // namespace api
