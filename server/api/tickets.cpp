#include "api/tickets.hpp"

#include "base/hash.hpp"

namespace api {
namespace {

constexpr auto ticket_bytes = std::size_t{24};
/// So many can be open at once; then the oldest goes.
constexpr auto most_tickets = std::size_t{10'000};

} // namespace

std::string Tickets::issue(Visitor visitor, base::Random& random, base::Instant now) {
    auto ticket = base::random_token(random, ticket_bytes);
    auto hash = base::hash(ticket);
    auto const lock = std::lock_guard(mutex_);
    forget_old(now);
    by_hash_[hash] = {std::move(visitor), now + ticket_time};
    in_order_.emplace_back(now + ticket_time, std::move(hash));
    return ticket;
}

std::optional<Visitor> Tickets::redeem(std::string_view ticket, base::Instant now) {
    auto const lock = std::lock_guard(mutex_);
    auto const found = by_hash_.extract(base::hash(ticket));
    if (!found || found.mapped().expires_at <= now) return std::nullopt;
    if (found.mapped().expires_at > now + ticket_time) return std::nullopt; // the clock was set back
    return found.mapped().visitor;
}

void Tickets::forget_old(base::Instant now) {
    while (!in_order_.empty() && (in_order_.front().first <= now || in_order_.size() >= most_tickets)) {
        by_hash_.erase(in_order_.front().second);
        in_order_.pop_front();
    }
}

} // namespace api
