#include "api/rate_limits.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "api/http/problem.hpp"

namespace api {
namespace {

using namespace std::chrono_literals;
using Refusal = RateLimits::Refusal;

constexpr auto many_keys = std::size_t{16} * 1024;
constexpr auto some_keys = std::size_t{4} * 1024;
constexpr auto insistence = Insistence::doubles_the_wait;

Refusal refused(Rate const& rate, RateLimiter::Wait wait) {
    auto const seconds = std::max(std::chrono::ceil<std::chrono::seconds>(wait), 1s).count();
    auto response = http::problem(
        {base::Fault::limited, "rate_limited", fmt::format("That was too often: try again in {} s.", seconds)});
    response.set("Retry-After", std::to_string(seconds));
    response.set("RateLimit-Policy", fmt::format("\"{}\";q={};w={}", rate.name, rate.times, rate.period.count()));
    response.set("RateLimit", fmt::format("\"{}\";r=0;t={}", rate.name, seconds));
    return response;
}

Refusal take(RateLimiter& limiter, std::string_view key) {
    auto const wait = limiter.take(key, std::chrono::steady_clock::now());
    if (wait == 0us) return std::nullopt;
    return refused(limiter.rate(), wait);
}

Refusal take_by_address(RateLimiter& limiter, Client const& client) {
    return client.is_this_machine ? std::nullopt : take(limiter, client.subscriber);
}

std::string account_at(Client const& client, std::string_view email) {
    return fmt::format("{} {}", client.network, email);
}

} // namespace

RateLimits::RateLimits(base::Random& random, Rules rules)
    : rules_(std::move(rules)),
      requests_({"requests", std::max<std::int64_t>(rules_.api_requests_per_minute, 1), 60s}, many_keys, random),
      passwords_per_account_({"passwords", 5, 900s, insistence}, some_keys, random),
      passwords_per_address_({"passwords-per-address", 50, 3600s, insistence}, some_keys, random),
      sign_ups_per_email_({"sign-ups", 3, 3600s}, some_keys, random),
      sign_ups_per_address_({"sign-ups-per-address", 20, 3600s}, some_keys, random),
      mails_per_email_({"mails", 3, 3600s}, some_keys, random),
      mails_per_address_({"mails-per-address", 20, 3600s}, some_keys, random) {}

Refusal RateLimits::request(base::SessionId const& session) {
    return rules_.api_requests_per_minute == 0 ? std::nullopt : take(requests_, session.text());
}

Refusal RateLimits::password(Client const& client, std::string_view email) {
    if (auto over = take_by_address(passwords_per_address_, client)) return over;
    return take(passwords_per_account_, account_at(client, email));
}

void RateLimits::passed(Client const& client, std::string_view email) {
    auto const now = std::chrono::steady_clock::now();
    passwords_per_account_.give_back(account_at(client, email), now);
    if (!client.is_this_machine) passwords_per_address_.give_back(client.subscriber, now);
}

Refusal RateLimits::sign_up(Client const& client, std::string_view email) {
    if (auto over = take_by_address(sign_ups_per_address_, client)) return over;
    return take(sign_ups_per_email_, email);
}

Refusal RateLimits::forgot(Client const& client, std::string_view email) {
    if (auto over = take_by_address(mails_per_address_, client)) return over;
    return take(mails_per_email_, email);
}

} // namespace api
