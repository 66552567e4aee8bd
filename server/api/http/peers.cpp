#include "api/http/peers.hpp"

namespace api::http {

void Peers::add(std::shared_ptr<Peer> const& peer) {
    auto const lock = std::lock_guard(mutex_);
    peers_.emplace(peer.get(), peer);
}

void Peers::remove(Peer const& peer) {
    auto const lock = std::lock_guard(mutex_);
    peers_.erase(&peer);
    if (peers_.empty()) fewer_.notify_all();
}

std::size_t Peers::count() const {
    auto const lock = std::lock_guard(mutex_);
    return peers_.size();
}

std::vector<std::shared_ptr<Peer>> Peers::all() const {
    auto const lock = std::lock_guard(mutex_);
    auto alive = std::vector<std::shared_ptr<Peer>>();
    for (auto const& [key, weak] : peers_) {
        if (auto peer = weak.lock()) alive.push_back(std::move(peer));
    }
    return alive;
}

std::vector<std::shared_ptr<Peer>> Peers::overdue() const {
    auto const lock = std::lock_guard(mutex_);
    auto late = std::vector<std::shared_ptr<Peer>>();
    for (auto const& [key, weak] : peers_) {
        auto peer = weak.lock();
        if (peer && peer->overdue()) late.push_back(std::move(peer));
    }
    return late;
}

void Peers::wait_until_none(base::Milliseconds patience) {
    auto lock = std::unique_lock(mutex_);
    fewer_.wait_for(lock, patience, [this] { return peers_.empty(); });
}

} // namespace api::http
