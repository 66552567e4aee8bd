#include "api/rate_limiter.hpp"

#include <algorithm>
#include <span>

#include "base/hash.hpp"

namespace api {
namespace {

std::int64_t microseconds(RateLimiter::Moment moment) {
    return std::chrono::duration_cast<std::chrono::microseconds>(moment.time_since_epoch()).count();
}

} // namespace

RateLimiter::RateLimiter(Rate const& rate, std::size_t keys, base::Random& random)
    : rate_(rate), period_(std::chrono::microseconds(rate.period).count()), interval_(period_ / rate.times),
      buckets_(keys) {
    random.fill(secret_);
}

RateLimiter::Wait RateLimiter::take(std::string_view key, Moment moment) {
    auto const now = microseconds(moment);
    auto const lock = std::lock_guard(mutex_);
    auto& bucket = find(key);
    auto const full_at = std::max(bucket.full_at, now) + interval_;
    auto const wait = full_at - now - period_;
    if (wait <= 0) {
        bucket.full_at = full_at;
        return Wait(0);
    }
    if (rate_.insistence == Insistence::free) return Wait(wait);
    auto const longer = std::min(2 * wait, period_);
    bucket.full_at += longer - wait;
    return Wait(longer);
}

void RateLimiter::give_back(std::string_view key, Moment moment) {
    auto const now = microseconds(moment);
    auto const lock = std::lock_guard(mutex_);
    auto& bucket = find(key);
    if (bucket.full_at > now) bucket.full_at -= interval_; // else it is full
}

/// The bucket of this key, if need be in the place of the emptiest of those that share its row.
RateLimiter::Bucket& RateLimiter::find(std::string_view key) {
    auto const hash = base::short_hash(key, secret_);
    auto const row = std::span(buckets_).subspan(hash % (buckets_.size() / ways) * ways, ways);
    auto const found = std::ranges::find(row, hash, &Bucket::key);
    if (found != row.end()) return *found;
    auto& free = *std::ranges::min_element(row, {}, &Bucket::full_at);
    free = {hash, 0};
    return free;
}

} // namespace api
