// A WebSocket over Beast. The strand owns the stream; the callbacks of the room run on workers, one at a time.
#include "api/http/websocket.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <optional>
#include <typeinfo>

#include "api/http/engine.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace api::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

/// Beast's own teardown waits for the peer to hang up before anybody learns that the socket is closed; here the room
/// learns first.
class Transport : public TcpSocket {
public:
    explicit Transport(TcpSocket socket) : TcpSocket(std::move(socket)) {}
};

/// Found by Beast through the type of its argument.
template <class Done>
void async_teardown(beast::role_type, Transport& socket, Done&& done) {
    auto code = error_code();
    socket.shutdown(TcpSocket::shutdown_send, code);
    asio::post(socket.get_executor(), beast::bind_front_handler(std::forward<Done>(done), error_code()));
}

using Stream = websocket::stream<Transport, false>; // no compression: nothing to gain, and one thing less to attack
using Upgraded = beast::http::request<beast::http::empty_body>;

constexpr auto longest_close = base::Milliseconds(5000);
constexpr auto linger_time = base::Milliseconds(1000);
constexpr auto linger_time_in_drain = base::Milliseconds(200);
constexpr auto longest_reason = std::size_t{123};

Upgraded upgrade_of(Request const& request) {
    auto upgraded = Upgraded(beast::http::verb::get, request.target, 11);
    upgraded.set(beast::http::field::host, request.headers["host"]);
    upgraded.set(beast::http::field::upgrade, "websocket");
    upgraded.set(beast::http::field::connection, "Upgrade");
    upgraded.set(beast::http::field::sec_websocket_key, request.headers["sec-websocket-key"]);
    upgraded.set(beast::http::field::sec_websocket_version, "13");
    return upgraded;
}

class Session final : public Socket, public Peer, public std::enable_shared_from_this<Session> {
public:
    Session(std::shared_ptr<Engine> engine, TcpSocket socket, Request const& request, WebSocketAccept accepted)
        : engine_(std::move(engine)), stream_(Transport(std::move(socket))), upgrade_(upgrade_of(request)),
          room_(std::move(accepted)) {
        ++engine_->open_sockets();
    }
    ~Session() override { --engine_->open_sockets(); }
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    void start() {
        engine_->peers().add(shared_from_this(), source_of(socket()));
        configure();
        stream_.async_accept(upgrade_, [self = shared_from_this()](error_code const& code) {
            if (code || self->ended_) return self->lose();
            self->opened_ = true;
            self->call([](WebSocketAccept& room, auto const& session) {
                if (room.on_open) room.on_open(session);
            });
        });
    }

    void send(std::string text) override {
        if (ended_) return;
        auto const waiting = queued_bytes_.fetch_add(text.size()) + text.size();
        if (waiting > engine_->limits().socket_queue_bytes) {
            queued_bytes_ -= text.size();
            return request([this] { abandon(); });
        }
        request([this, text = std::move(text)]() mutable { push(std::move(text)); });
    }
    void close(int code, std::string reason) override {
        if (ended_) return;
        request([this, code, reason = std::move(reason)] { close_after_queue(code, reason); });
    }
    void expire() override {
        request([this] {
            if (overdue()) lose();
        });
    }
    void drain() override {
        request([this] { opened_ ? close_after_queue(1001, "the server stops") : lose(); });
    }
    void cut() override {
        request([this] { lose(); });
    }

private:
    template <class Action>
    void on_strand(Action action) {
        asio::post(stream_.get_executor(),
                   [self = shared_from_this(), action = std::move(action)]() mutable { action(); });
    }

    /// From outside, perhaps after the server stopped: what waits in a queue nobody serves must not keep this alive.
    template <class Action>
    void request(Action action) {
        asio::post(stream_.get_executor(), [session = weak_from_this(), action = std::move(action)]() mutable {
            if (auto const self = session.lock()) action();
        });
    }

    void configure() {
        auto const ping = engine_->limits().socket_ping;
        stream_.set_option(websocket::stream_base::timeout{close_time(), 2 * ping, true});
        stream_.set_option(
            websocket::stream_base::decorator([name = room_.subprotocol](websocket::response_type& response) {
                response.set(beast::http::field::server, "apunta");
                if (!name.empty()) response.set(beast::http::field::sec_websocket_protocol, name);
            }));
        stream_.read_message_max(engine_->limits().socket_message_bytes);
        stream_.auto_fragment(false);
        stream_.text(true);
        // Inside the callback Beast must not be asked for anything.
        stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
            if (kind != websocket::frame_type::close && !may_say_more())
                on_strand([this] { close_to_the_talkative(); });
        });
    }

    // Reading

    void read() {
        stream_.async_read(in_, [self = shared_from_this()](error_code const& code, std::size_t) { self->take(code); });
    }

    void take(error_code const& code) {
        if (code.category() == websocket::make_error_code(websocket::error::closed).category())
            return part(end_code(code));
        if (code) return lose();
        auto text = beast::buffers_to_string(in_.data());
        in_.clear();
        if (!stream_.got_text()) {
            begin_close(1003, "only text is understood here");
        } else if (!base::is_valid_utf8(text)) { // Beast lets an empty last fragment cut a letter off
            begin_close(1007, "the text is not UTF-8");
        } else if (!may_say_more()) {
            close_to_the_talkative();
        }
        if (closing_) return read();
        call([text = std::move(text)](WebSocketAccept& room, auto const&) {
            if (room.on_message) room.on_message(text);
        });
    }

    /// Counts what the peer says, in minutes that begin with its first word.
    bool may_say_more() {
        auto const now = std::chrono::steady_clock::now();
        if (now - minute_ >= std::chrono::minutes(1)) {
            minute_ = now;
            heard_ = 0;
        }
        return ++heard_ <= engine_->limits().socket_messages_per_minute;
    }
    void close_to_the_talkative() { begin_close(1008, "too many messages"); }

    int end_code(error_code const& code) const {
        if (code == websocket::error::closed) return stream_.reason().code;
        if (code == websocket::error::message_too_big) return 1009;
        if (code == websocket::error::bad_frame_payload) return 1007;
        return 1002;
    }

    /// Runs a callback on a worker; what comes next waits for it.
    template <class Callback>
    void call(Callback callback) {
        busy_ = true;
        engine_->workers().submit([self = shared_from_this(), callback = std::move(callback)] {
            auto const healthy = self->guarded([&] { callback(self->room_, self); });
            self->on_strand([session = self.get(), healthy] { session->called(healthy); });
        });
    }

    void called(bool healthy) {
        busy_ = false;
        if (ended_) return say_goodbye();
        if (!healthy) begin_close(1011, "");
        read();
    }

    template <class Callback>
    bool guarded(Callback callback) {
        try {
            callback();
            return true;
        } catch (std::exception const& exception) {
            base::log::error("socket_handler_threw", {{"type", typeid(exception).name()}});
            base::log::debug("socket_handler_threw_what", {{"what", exception.what()}});
        } catch (...) {
            base::log::error("socket_handler_threw", {{"type", "unknown"}});
        }
        return false;
    }

    // Writing

    void push(std::string text) {
        if (ended_ || closing_) return;
        queue_.push_back(std::move(text));
        if (queue_.size() == 1) write();
    }

    void write() {
        stream_.async_write(asio::buffer(queue_.front()),
                            [self = shared_from_this()](error_code const& code, std::size_t) {
                                code ? self->lose() : self->written();
                            });
    }

    void written() {
        queued_bytes_ -= queue_.front().size();
        queue_.pop_front();
        if (!queue_.empty()) return write();
        if (closing_ && !close_sent_)
            begin_close(closing_->code, std::string(closing_->reason.data(), closing_->reason.size()));
    }

    // Ending

    void close_after_queue(int code, std::string const& reason) {
        if (ended_ || closing_) return;
        if (queue_.empty()) return begin_close(code, reason);
        closing_ = websocket::close_reason(static_cast<websocket::close_code>(code), reason.substr(0, longest_reason));
        expire_after(close_time());
    }

    void begin_close(int code, std::string const& reason) {
        if (ended_ || close_sent_) return;
        close_sent_ = true;
        closing_ = websocket::close_reason(static_cast<websocket::close_code>(code), reason.substr(0, longest_reason));
        expire_after(close_time());
        stream_.async_close(*closing_, [self = shared_from_this(), code](error_code const& failure) {
            if (!failure) self->part(code); // otherwise the read that failed beside it says why
        });
    }

    base::Milliseconds close_time() const { return std::min(longest_close, engine_->limits().socket_ping); }

    /// The peer does not read: what waits is dropped, and so is the peer if it does not take the close frame either.
    void abandon() {
        if (queue_.size() > 1) queue_.resize(1);
        begin_close(1013, "too much is waiting");
    }

    /// Both sides said goodbye, or we did to a peer that breaks the rules: it may need a moment to read it.
    void part(int code) {
        end(code);
        if (!hung_up_) linger();
    }

    /// There is nobody to talk to.
    void lose() {
        end(1006);
        hang_up();
    }

    void end(int code) {
        if (ended_) return;
        ended_ = true;
        end_code_ = closing_ ? static_cast<int>(closing_->code) : code;
        expire_after(engine_->stopping().stop_requested() ? linger_time_in_drain : linger_time);
        if (!busy_) say_goodbye();
    }

    void linger() {
        socket().async_wait(TcpSocket::wait_read, [self = shared_from_this()](error_code const& waited) {
            auto dropped = std::array<char, 4096>();
            auto code = waited;
            if (!code) self->socket().read_some(asio::buffer(dropped), code);
            !code || code == asio::error::would_block ? self->linger() : self->hang_up();
        });
    }

    void hang_up() {
        if (hung_up_) return;
        hung_up_ = true;
        never_expire();
        auto ignored = error_code();
        socket().close(ignored);
        forget();
    }

    void say_goodbye() {
        engine_->workers().submit([self = shared_from_this()] {
            auto const& on_close = self->room_.on_close;
            if (self->opened_ && on_close) self->guarded([&] { on_close(self->end_code_); });
            self->room_ = {}; // the room's callbacks may hold this socket
            self->on_strand([session = self.get()] {
                session->said_goodbye_ = true;
                session->forget();
            });
        });
    }

    void forget() {
        if (hung_up_ && said_goodbye_) engine_->peers().remove(*this);
    }

    TcpSocket& socket() { return beast::get_lowest_layer(stream_); }

    std::shared_ptr<Engine> engine_;
    Stream stream_;
    Upgraded upgrade_;
    WebSocketAccept room_;
    beast::flat_buffer in_;
    std::chrono::steady_clock::time_point minute_;
    std::size_t heard_ = 0;         ///< in that minute
    std::deque<std::string> queue_; ///< the front one is being written
    std::atomic<std::size_t> queued_bytes_ = 0;
    std::optional<websocket::close_reason> closing_;
    bool close_sent_ = false;
    bool opened_ = false; ///< the handshake is over: before, Beast must not be asked to close
    bool busy_ = false;   ///< a callback of the room runs
    std::atomic<bool> ended_ = false;
    int end_code_ = 1006;
    bool said_goodbye_ = false;
    bool hung_up_ = false;
};

} // namespace

void open_socket(std::shared_ptr<Engine> engine, TcpSocket socket, Request const& request, WebSocketAccept accepted) {
    std::make_shared<Session>(std::move(engine), std::move(socket), request, std::move(accepted))->start();
}

} // namespace api::http
