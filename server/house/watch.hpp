// What the operator reads at /metrics: what the rooms have counted, and what is looked up when she asks.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include "base/metrics.hpp"
#include "conversation/lanes.hpp"
#include "store/database.hpp"
#include "store/depths.hpp"

namespace api::http {
class Server;
}

namespace house {

class Watch {
public:
    Watch(base::Metrics const& metrics, store::Database& database, conversation::Lanes& lanes);

    /// Answers also when the database does not: apunta_database_up is 0 then, and what it would have told stays as it
    /// was. Thread-safe.
    std::string text();
    /// From then on its connections are counted; it outlives the last call of text().
    void serves(api::http::Server const& server) { server_ = &server; }

private:
    void look_at(store::Depths const& depths);
    void show(std::string const& name, std::string const& help, base::Labels const& labels, std::int64_t value);

    base::Metrics metrics_;
    store::Database& database_;
    conversation::Lanes& lanes_;
    base::ProcessMetrics process_;
    base::Gauge connections_;
    base::Gauge sockets_;
    base::Gauge lanes_busy_;
    base::Gauge lanes_waiting_;
    base::Gauge database_up_;
    base::Gauge inbox_;
    base::Gauge outbox_;
    std::atomic<api::http::Server const*> server_ = nullptr;
    std::mutex mutex_;
    /// By name and labels: what is not there any more is 0.
    std::map<std::pair<std::string, base::Labels>, base::Gauge> shown_;
};

} // namespace house
