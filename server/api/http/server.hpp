// The listening end: sockets on a thread of their own, handlers as plain blocking code on a pool of workers. In front
// of the handlers stands a strict reading of HTTP/1.1 (head.hpp): whatever two programs could read in two ways is
// refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "api/http/message.hpp"
#include "api/http/websocket.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace api::http {

struct Limits {
    std::size_t target_bytes = 4096;                       ///< longer → 414
    std::size_t head_bytes = std::size_t{8} * 1024;        ///< request line and header fields; more → 431
    std::size_t head_fields = 100;                         ///< more → 431
    std::size_t body_bytes = std::size_t{1024} * 1024;     ///< more → 413
    std::size_t bytes_per_second = std::size_t{16} * 1024; ///< slowest body or reader of an answer beyond body_time
    base::Milliseconds head_time{10'000};                  ///< from a request's first byte to its last header field
    base::Milliseconds body_time{30'000};                  ///< plus what bytes_per_second allows for the bytes so far
    base::Milliseconds idle_time{60'000};                  ///< between two requests of a connection
    std::size_t bodies_bytes = std::size_t{64} * 1024 * 1024; ///< of all requests in hand; more → 503
    std::size_t connections = 8192;                           ///< one more is answered 503 and closed
    std::size_t connections_per_address = 0; ///< 0: any number; one more is answered 429 and closed. IPv6 counts by /64
    std::size_t socket_message_bytes = std::size_t{64} * 1024; ///< incoming WebSocket text; more closes with 1009
    std::size_t socket_queue_bytes = std::size_t{1024} * 1024; ///< outgoing; more closes with 1013
    std::size_t socket_messages_per_minute = 240;              ///< incoming, pings too; more closes with 1008
    base::Milliseconds socket_ping{30'000}; ///< a silent peer is pinged then, and given up after twice that
};

struct Options {
    std::string host = "127.0.0.1"; ///< an IPv4 or IPv6 address, or `localhost`
    std::uint16_t port = 0;         ///< 0 takes any free one
    std::size_t workers = 64;       ///< at most; started when needed. A long poll holds one for as long as it waits
    std::size_t worker_stack_bytes = std::size_t{256} * 1024;
    std::size_t io_threads = 1;
    bool https = false; ///< browsers reach this server by https, and shall never try http again (HSTS)
    /// True for what can be answered without waiting for anything: the handler runs on the thread of the sockets then,
    /// and no worker has to be woken, or be free. Absent: nothing.
    std::function<bool(Request const&)> at_once = {};
    Limits limits = {};
    /// Counts what is refused before a handler sees it, by the code of the refusal.
    base::Counters rejections = {};
};

/// Runs on a worker. An exception is answered 500 `internal` and logged without a word of the request.
using Handler = std::function<Response(Request const&)>;

class Engine;

class Server {
public:
    /// Listens and serves from then on. conflict `port_taken`, invalid `bad_host`, unavailable `cannot_listen`.
    static base::Result<std::unique_ptr<Server>> start(Options options, Handler handler, Upgrade upgrade = {});
    /// Drains without patience.
    ~Server();

    std::uint16_t port() const;
    std::size_t open_connections() const; ///< with WebSockets
    std::size_t open_sockets() const;     ///< WebSockets alone
    /// Stops listening, lets requests in flight finish, closes idle connections and WebSockets (1001), cuts what is
    /// left after `patience`, and returns when no thread of the server runs: a handler that ignores `stopping` delays
    /// that.
    void drain(base::Milliseconds patience);

private:
    explicit Server(std::shared_ptr<Engine> engine);
    std::shared_ptr<Engine> engine_;
};

} // namespace api::http
