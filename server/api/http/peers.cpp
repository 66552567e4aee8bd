#include "api/http/peers.hpp"

namespace api::http {

void Peers::add(std::shared_ptr<Peer> const& peer, std::string const& source) {
    auto const lock = std::lock_guard(mutex_);
    if (peers_.emplace(peer.get(), Known{peer, source}).second) ++counts_[source];
}

void Peers::remove(Peer const& peer) {
    auto const lock = std::lock_guard(mutex_);
    auto const known = peers_.find(&peer);
    if (known == peers_.end()) return;
    auto const count = counts_.find(known->second.source);
    if (--count->second == 0) counts_.erase(count);
    peers_.erase(known);
    if (peers_.empty()) fewer_.notify_all();
}

std::size_t Peers::count() const {
    auto const lock = std::lock_guard(mutex_);
    return peers_.size();
}

std::size_t Peers::count_of(std::string const& source) const {
    auto const lock = std::lock_guard(mutex_);
    auto const count = counts_.find(source);
    return count == counts_.end() ? 0 : count->second;
}

std::vector<std::shared_ptr<Peer>> Peers::all() const {
    auto const lock = std::lock_guard(mutex_);
    auto alive = std::vector<std::shared_ptr<Peer>>();
    for (auto const& [key, known] : peers_) {
        if (auto peer = known.peer.lock()) alive.push_back(std::move(peer));
    }
    return alive;
}

std::vector<std::shared_ptr<Peer>> Peers::overdue() const {
    auto const lock = std::lock_guard(mutex_);
    auto late = std::vector<std::shared_ptr<Peer>>();
    for (auto const& [key, known] : peers_) {
        auto peer = known.peer.lock();
        if (peer && peer->overdue()) late.push_back(std::move(peer));
    }
    return late;
}

void Peers::wait_until_none(base::Milliseconds patience) {
    auto lock = std::unique_lock(mutex_);
    fewer_.wait_for(lock, patience, [this] { return peers_.empty(); });
}

} // namespace api::http
