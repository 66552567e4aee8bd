#include "api/http/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <typeinfo>

#include "api/http/engine.hpp"
#include "api/http/problem.hpp"
#include "api/http/render.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

namespace api::http {

namespace asio = boost::asio;
using boost::system::error_code;

base::Result<std::unique_ptr<Server>> Server::start(Options options, Handler handler, Upgrade upgrade) {
    auto engine = std::make_shared<Engine>(std::move(options), std::move(handler), std::move(upgrade));
    TRY_VOID(engine->listen());
    engine->run();
    return std::unique_ptr<Server>(new Server(std::move(engine)));
}

Server::Server(std::shared_ptr<Engine> engine) : engine_(std::move(engine)) {}

Server::~Server() { drain(base::Milliseconds(0)); }

std::uint16_t Server::port() const { return engine_->port(); }

std::size_t Server::open_connections() const { return engine_->peers().count(); }

std::size_t Server::open_sockets() const { return engine_->open_sockets().load(); }

void Server::drain(base::Milliseconds patience) { engine_->drain(patience); }

namespace {

/// Often enough to be no more than a quarter late for the shortest time allowed.
base::Milliseconds watch_interval(Limits const& limits) {
    auto const shortest = std::min({limits.head_time, limits.body_time, limits.idle_time, limits.socket_ping});
    return std::clamp(shortest / 4, base::Milliseconds(5), base::Milliseconds(1000));
}

base::Error listen_error(error_code const& code, Options const& options) {
    auto const place = options.host + ":" + std::to_string(options.port);
    if (code == asio::error::address_in_use) {
        return {base::Fault::conflict,
                "port_taken",
                "Cannot listen on " + place +
                    ": another program uses that port. Stop it, or choose another with --port.",
                {}};
    }
    return {base::Fault::unavailable, "cannot_listen", "Cannot listen on " + place + ": " + code.message() + ".", {}};
}

/// What the kernel may hold of answers that a peer does not read; by itself it goes up to megabytes for each.
constexpr auto unread_bytes = 256 * 1024;
constexpr auto linger_after_cut = base::Milliseconds(1000);

std::string random_prefix() {
    auto random = base::SystemRandom();
    auto bytes = std::array<std::uint8_t, 6>();
    random.fill(bytes);
    return base::to_hex(bytes) + "-";
}

} // namespace

Engine::Engine(Options options, Handler handler, Upgrade upgrade)
    : options_(std::move(options)), handler_(std::move(handler)), upgrade_(std::move(upgrade)),
      io_(static_cast<int>(std::max<std::size_t>(options_.io_threads, 1))), work_(io_.get_executor()),
      strand_(asio::make_strand(io_)), acceptor_(strand_), watch_(strand_), retry_(strand_),
      workers_(options_.workers, options_.worker_stack_bytes), request_prefix_(random_prefix()) {}

std::string Engine::next_request_id() {
    return request_prefix_ + std::to_string(requests_.fetch_add(1, std::memory_order_relaxed));
}

base::Result<void> Engine::listen() {
    auto code = error_code();
    auto const address = asio::ip::make_address(options_.host == "localhost" ? "127.0.0.1" : options_.host, code);
    if (code) {
        return base::fail(base::Fault::invalid, "bad_host",
                          "The host " + options_.host + " is neither an IP address nor localhost.");
    }
    auto const endpoint = asio::ip::tcp::endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), code);
    if (!code) acceptor_.set_option(asio::socket_base::reuse_address(true), code);
    if (!code) acceptor_.bind(endpoint, code);
    if (!code) acceptor_.listen(asio::socket_base::max_listen_connections, code);
    if (code) return base::fail(listen_error(code, options_));
    port_ = acceptor_.local_endpoint().port();
    return {};
}

void Engine::run() {
    asio::post(strand_, [this] {
        accept();
        watch_deadlines();
    });
    auto const count = std::max<std::size_t>(options_.io_threads, 1);
    for (auto i = std::size_t{0}; i < count; ++i) {
        threads_.emplace_back([this] { io_.run(); });
    }
}

void Engine::accept() {
    acceptor_.async_accept(asio::make_strand(io_), [this](error_code const& code, TcpSocket socket) {
        if (!acceptor_.is_open()) return;
        if (code == asio::error::no_descriptors || code == asio::error::no_buffer_space) return accept_later();
        if (!code) welcome(std::move(socket));
        accept();
    });
}

/// Accepting would fail at once, again and again, until a connection closes.
void Engine::accept_later() {
    base::log::warn("accept_paused", {{"connections", peers_.count()}});
    retry_.expires_after(std::chrono::milliseconds(100));
    retry_.async_wait([this](error_code const& code) {
        if (!code && acceptor_.is_open()) accept();
    });
}

void Engine::welcome(TcpSocket socket) {
    auto code = error_code();
    socket.set_option(asio::ip::tcp::no_delay(true), code);
    socket.set_option(asio::socket_base::send_buffer_size(unread_bytes), code);
    socket.non_blocking(true, code);
    auto const refusal = turned_away(socket);
    if (!refusal) return serve(shared_from_this(), std::move(socket));
    options_.rejections.add({"too_many_connections"});
    auto const bytes = render_head(*refusal, rendering(false)) + refusal->body;
    socket.write_some(asio::buffer(bytes), code);
}

std::optional<Response> Engine::turned_away(TcpSocket const& socket) const {
    if (peers_.count() >= limits().connections) {
        return problem(503, "too_many_connections", "Too many connections are open. Try again soon.");
    }
    auto const most = limits().connections_per_address;
    if (most > 0 && peers_.count_of(source_of(socket)) >= most) {
        return problem(429, "too_many_connections", "Too many connections are open from this address.");
    }
    return std::nullopt;
}

void Engine::watch_deadlines() {
    watch_.expires_after(watch_interval(limits()));
    watch_.async_wait([this](error_code const& code) {
        if (code) return;
        for (auto const& peer : peers_.overdue()) {
            peer->expire();
        }
        watch_deadlines();
    });
}

void Engine::stop_listening() {
    auto code = error_code();
    acceptor_.close(code);
    retry_.cancel();
}

void Engine::drain(base::Milliseconds patience) {
    auto const lock = std::lock_guard(draining_);
    if (threads_.empty()) return;
    stopping_.request_stop();
    asio::post(strand_, [this] { stop_listening(); });
    for (auto const& peer : peers_.all()) {
        peer->drain();
    }
    peers_.wait_until_none(patience);
    for (auto const& peer : peers_.all()) {
        peer->cut();
    }
    peers_.wait_until_none(linger_after_cut);
    workers_.stop();
    io_.stop();
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
    io_.restart();
    io_.poll(); // lets go of what the last handlers hold; some of it holds this engine
}

Response Engine::answer(Request const& request) const {
    try {
        return handler_(request);
    } catch (std::exception const& exception) {
        base::log::error("handler_threw",
                         {{"request", request.id}, {"method", request.method}, {"type", typeid(exception).name()}});
        base::log::debug("handler_threw_what", {{"what", exception.what()}});
    } catch (...) {
        base::log::error("handler_threw", {{"request", request.id}, {"method", request.method}, {"type", "unknown"}});
    }
    auto response = problem(500, "internal", "Something went wrong here. It was logged.");
    add_request_id(response, request.id);
    return response;
}

bool Engine::hold(std::size_t bytes) {
    if (held_.fetch_add(bytes) + bytes <= limits().bodies_bytes) return true;
    held_ -= bytes;
    return false;
}

std::string source_of(TcpSocket const& socket) {
    auto code = error_code();
    auto const address = socket.remote_endpoint(code).address();
    if (code || address.is_v4() || address.to_v6().is_v4_mapped()) return code ? std::string() : address.to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return asio::ip::address_v6(bytes).to_string();
}

base::Result<WebSocketAccept> Engine::upgrade(Request const& request) const {
    try {
        return upgrade_(request);
    } catch (std::exception const& exception) {
        base::log::error("upgrade_threw", {{"request", request.id}, {"type", typeid(exception).name()}});
        base::log::debug("upgrade_threw_what", {{"what", exception.what()}});
    }
    return base::fail(base::Fault::broken, "internal", "The upgrade handler threw.");
}

} // namespace api::http
