// What the connections of one server share. The only header with Asio in it; its three users are server.cpp,
// connection.cpp and websocket.cpp.
#pragma once

#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "api/http/peers.hpp"
#include "api/http/render.hpp"
#include "api/http/server.hpp"
#include "api/http/workers.hpp"

namespace api::http {

/// Each connection has a strand. The executor is named, not type-erased: faster, and ThreadSanitizer understands it.
using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
using TcpSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

/// Shared, so that a WebSocket still held by some room outlives the server without harm.
class Engine : public std::enable_shared_from_this<Engine> {
public:
    Engine(Options options, Handler handler, Upgrade upgrade);

    base::Result<void> listen();
    void run();
    void drain(base::Milliseconds patience);
    std::uint16_t port() const { return port_; }

    Options const& options() const { return options_; }
    Limits const& limits() const { return options_.limits; }
    Workers& workers() { return workers_; }
    Peers& peers() { return peers_; }
    std::stop_token stopping() const { return stopping_.get_token(); }
    /// Counts bytes of bodies that somebody sends; false when all together would be too many.
    bool hold(std::size_t bytes);
    void let_go(std::size_t bytes) { held_ -= bytes; }
    RenderOptions rendering(bool keep_alive) const { return {.keep_alive = keep_alive, .https = options_.https}; }
    bool answers_at_once(Request const& request) const { return options_.at_once && options_.at_once(request); }
    bool serves_sockets() const { return static_cast<bool>(upgrade_); }
    /// Unlike any other of this process and, most likely, of any other: letters, digits and a dash.
    std::string next_request_id();
    std::atomic<std::size_t>& open_sockets() { return open_sockets_; }
    /// Calls the handler; whatever it throws becomes a 500.
    Response answer(Request const& request) const;
    base::Result<WebSocketAccept> upgrade(Request const& request) const;

private:
    using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Strand>;
    using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>, Strand>;

    void accept();
    void welcome(TcpSocket socket);
    std::optional<Response> turned_away(TcpSocket const& socket) const;
    void accept_later();
    void watch_deadlines();
    void stop_listening();

    Options options_;
    Handler handler_;
    Upgrade upgrade_;
    Peers peers_;
    std::atomic<std::size_t> held_ = 0;
    std::stop_source stopping_;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    Strand strand_; ///< of acceptor and timers
    Acceptor acceptor_;
    Timer watch_;
    Timer retry_;
    Workers workers_;
    std::vector<std::thread> threads_;
    std::mutex draining_;
    std::uint16_t port_ = 0;
    std::string const request_prefix_;
    std::atomic<std::uint64_t> requests_ = 0;
    std::atomic<std::size_t> open_sockets_ = 0;
};

/// What is counted against Limits::connections_per_address: an IPv4 address, or the /64 of an IPv6 address, which one
/// customer of a provider has to himself.
std::string source_of(TcpSocket const& socket);
/// Serves HTTP on a connection until it closes (connection.cpp).
void serve(std::shared_ptr<Engine> engine, TcpSocket socket);
/// Takes over a connection whose upgrade `request` was accepted (websocket.cpp).
void open_socket(std::shared_ptr<Engine> engine, TcpSocket socket, Request const& request, WebSocketAccept accepted);

} // namespace api::http
