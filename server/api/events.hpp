// Live events for dashboards: the change log of a business, followed over WebSockets. Each entry becomes one frame {id,
// type, at, data}: `id` is its number in the log, `data` the resource as the API shows it now.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "api/http/websocket.hpp"
#include "api/tickets.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/database.hpp"

namespace api {

/// One thread reads and writes for all sockets, so that no commit ever waits for one.
class Events {
public:
    explicit Events(store::Database& database);
    ~Events();
    Events(Events const&) = delete;
    Events& operator=(Events const&) = delete;

    /// New entries in the change log of this business; called after each commit, from any thread. Only leaves a note.
    void changed(base::BusinessId const& business);

    Tickets& tickets() { return tickets_; }
    struct Clocks {
        base::Clock const& business;
        base::Clock const& system;
    };
    /// Serves a socket. The client's first frame {"after": id} resumes after that event; {} begins with what comes, and
    /// so does a second without a word. {"type":"resync"} tells a client to load everything anew: it asked for an event
    /// that is gone or unknown, or for more than can be told. When its session has ended the socket is closed (1008),
    /// at the next event or half a minute later.
    http::WebSocketAccept follow(Visitor const& visitor, Clocks clocks);

private:
    class Following;
    using Moment = std::chrono::steady_clock::time_point;

    void add(std::shared_ptr<Following> const& following);
    void remove(std::shared_ptr<Following> const& following);
    void nudge(std::shared_ptr<Following> const& following);
    void run();
    static void serve(Following& following);
    std::set<std::shared_ptr<Following>> take_due(std::unique_lock<std::mutex>& lock);

    store::Database& database_;
    Tickets tickets_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool stopping_ = false;
    std::multimap<base::BusinessId, std::shared_ptr<Following>> followers_;
    std::set<std::shared_ptr<Following>> due_;
    std::multimap<Moment, std::weak_ptr<Following>> looks_; ///< when each is looked at even if nothing happens
    std::thread thread_;
};

} // namespace api
