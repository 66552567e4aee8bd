#include "house/watch.hpp"

#include "api/http/server.hpp"

namespace house {
namespace {

constexpr auto channels_name = "apunta_whatsapp_sessions";
constexpr auto jobs_name = "apunta_jobs";

} // namespace

Watch::Watch(base::Metrics const& metrics, store::Database& database, conversation::Lanes& lanes)
    : metrics_(metrics), database_(database), lanes_(lanes), process_(metrics),
      connections_(metrics.gauge("apunta_http_connections", "Open connections, with WebSockets.")),
      sockets_(metrics.gauge("apunta_websockets", "Open WebSockets.")),
      lanes_busy_(metrics.gauge("apunta_lanes_busy", "Chats whose turn is being taken by this node.")),
      lanes_waiting_(metrics.gauge("apunta_lanes_waiting", "Chats of this node with something to do now or later.")),
      database_up_(metrics.gauge("apunta_database_up", "1 when the database answered this reading, else 0.")),
      inbox_(metrics.gauge("apunta_inbox_waiting", "Customers' messages that no turn has answered yet.")),
      outbox_(metrics.gauge("apunta_outbox_waiting", "Messages to customers that have not left yet.")) {}

std::string Watch::text() {
    auto const lock = std::lock_guard(mutex_);
    process_.refresh();
    if (auto const* server = server_.load()) {
        connections_.set(static_cast<double>(server->open_connections()));
        sockets_.set(static_cast<double>(server->open_sockets()));
    }
    auto const load = lanes_.load();
    lanes_busy_.set(static_cast<double>(load.busy));
    lanes_waiting_.set(static_cast<double>(load.waiting));
    auto const depths = database_.read([](store::Tx& tx) -> base::Result<store::Depths> { return store::depths(tx); });
    database_up_.set(depths ? 1 : 0);
    if (depths) look_at(*depths);
    return metrics_.text();
}

void Watch::look_at(store::Depths const& depths) {
    inbox_.set(static_cast<double>(depths.inbox));
    outbox_.set(static_cast<double>(depths.outbox));
    for (auto const& [key, gauge] : shown_)
        gauge.set(0);
    for (auto const& [kind, state, count] : depths.channels)
        show(channels_name, "Channels of businesses, by kind and state.", {{"kind", kind}, {"state", state}}, count);
    for (auto const& [kind, waiting, failed] : depths.jobs) {
        show(jobs_name, "Jobs, by kind and state.", {{"kind", kind}, {"state", "waiting"}}, waiting);
        show(jobs_name, "Jobs, by kind and state.", {{"kind", kind}, {"state", "failed"}}, failed);
    }
}

void Watch::show(std::string const& name, std::string const& help, base::Labels const& labels, std::int64_t value) {
    auto const [place, added] = shown_.try_emplace({name, labels});
    if (added) place->second = metrics_.gauge(name, help, labels);
    place->second.set(static_cast<double>(value));
}

} // namespace house
