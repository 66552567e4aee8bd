// One connection of HTTP/1.1: reads a request, has it answered by a worker, writes the answer, begins again.
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

#include "api/http/body.hpp"
#include "api/http/engine.hpp"
#include "api/http/head.hpp"
#include "api/http/problem.hpp"
#include "api/http/render.hpp"
#include "base/log.hpp"

namespace api::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto linger_time = base::Milliseconds(2000);
constexpr auto linger_time_in_drain = base::Milliseconds(200);
constexpr auto read_size = std::size_t{8192};

struct Answer {
    std::string head;
    std::string body;
    bool keep_alive = false;
};

Answer render(Response response, Request const& request, RenderOptions options) {
    if (!is_sendable(response)) {
        base::log::error("unsendable_header", {{"request", request.id}});
        response = problem(500, "internal", "Something went wrong here. It was logged.");
    }
    if (!request.id.empty()) response.set("X-Request-Id", request.id);
    auto head = render_head(response, options);
    auto const silent = request.method == "HEAD" || !has_body(response);
    return {std::move(head), silent ? std::string() : std::move(response.body), options.keep_alive};
}

std::string address_of(TcpSocket const& socket) {
    auto code = error_code();
    auto const endpoint = socket.remote_endpoint(code);
    return code ? std::string() : endpoint.address().to_string();
}

class Connection final : public Peer, public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Engine> engine, TcpSocket socket)
        : engine_(std::move(engine)), socket_(std::move(socket)), address_(address_of(socket_)) {}

    void start() {
        engine_->peers().add(shared_from_this(), source_of(socket_));
        on_strand([this] { begin(limits().head_time); });
    }
    void expire() override {
        on_strand([this] { give_up(); });
    }
    void drain() override {
        on_strand([this] {
            if (phase_ == Phase::idle || phase_ == Phase::lingering) close();
        });
    }
    void cut() override {
        on_strand([this] { close(); });
    }

private:
    enum class Phase { idle, head, body, working, writing, lingering, closed };

    Limits const& limits() const { return engine_->limits(); }

    template <class Action>
    void on_strand(Action action) {
        asio::post(socket_.get_executor(),
                   [self = shared_from_this(), action = std::move(action)]() mutable { action(); });
    }

    // Reading

    void begin(base::Milliseconds patience) {
        phase_ = Phase::idle;
        expire_after(patience);
        searched_ = 0;
        if (in_.empty()) {
            in_.shrink_to_fit(); // most connections are idle most of the time
            return read();
        }
        read_head();
    }

    void read() {
        reading_ = true;
        socket_.async_wait(TcpSocket::wait_read, [self = shared_from_this()](error_code const& code) {
            self->reading_ = false;
            self->take(code);
        });
    }

    /// Waits without a buffer of its own, so an idle connection costs little.
    void take(error_code const& waited) {
        if (waited || phase_ == Phase::closed) return close();
        auto chunk = std::array<char, read_size>();
        auto code = error_code();
        auto const count = socket_.read_some(asio::buffer(chunk), code);
        if (code == asio::error::would_block) return read();
        if (code) return close();
        if (phase_ == Phase::lingering) return read();
        if (phase_ != Phase::idle && phase_ != Phase::head && phase_ != Phase::body) return;
        in_.append(chunk.data(), count);
        phase_ == Phase::body ? read_body() : read_head();
    }

    void read_head() {
        if (phase_ == Phase::idle) {
            phase_ = Phase::head;
            expire_after(limits().head_time);
        }
        auto const end = find_head_end(in_, searched_, limits());
        if (!end) return refuse(end.error());
        searched_ = in_.size();
        if (*end == 0) return read();
        auto head = parse_head(std::string_view(in_).substr(0, *end), limits());
        if (!head) return refuse(head.error());
        in_.erase(0, *end);
        begin_body(*std::move(head));
    }

    void begin_body(Head head) {
        head_ = std::move(head);
        body_.emplace(head_, limits());
        phase_ = Phase::body;
        body_since_ = std::chrono::steady_clock::now();
        if (head_.expects_continue && in_.empty()) return invite_body();
        read_body();
    }

    void invite_body() {
        auto const write = [self = shared_from_this()](error_code const& code, std::size_t) {
            code ? self->close() : self->read_body();
        };
        expire_after(limits().body_time);
        asio::async_write(socket_, asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")), write);
    }

    void read_body() {
        if (phase_ != Phase::body) return;
        if (auto const taken = body_->take(in_); !taken) return refuse(taken.error());
        if (!hold(body_->received())) {
            return refuse({503, "busy", "Too much is being sent to this server at once. Try again soon.", {}});
        }
        if (body_->complete()) return work();
        auto const spent = std::chrono::floor<base::Milliseconds>(std::chrono::steady_clock::now() - body_since_);
        expire_after(limits().body_time + time_for(body_->received()) - spent);
        read();
    }

    /// `bytes` of the body are here now.
    bool hold(std::size_t bytes) {
        if (!engine_->hold(bytes - held_)) return false;
        held_ = bytes;
        return true;
    }
    void let_go() { engine_->let_go(std::exchange(held_, 0)); }

    base::Milliseconds time_for(std::size_t bytes) const {
        return base::Milliseconds(bytes * 1000 / limits().bytes_per_second);
    }

    // Answering

    void work() {
        phase_ = Phase::working;
        never_expire();
        auto& request = head_.request;
        request.body = body_->release();
        request.id = engine_->next_request_id();
        request.remote_address = address_;
        request.stopping = engine_->stopping();
        auto const upgrade = head_.upgrades && engine_->serves_sockets();
        if (!upgrade && engine_->answers_at_once(request)) return write(rendered(engine_->answer(request)));
        engine_->workers().submit([self = shared_from_this(), upgrade] { upgrade ? self->decide() : self->answer(); });
    }

    /// On a worker.
    void answer() { reply(engine_->answer(head_.request)); }

    /// On a worker.
    void decide() {
        auto accepted = engine_->upgrade(head_.request);
        if (!accepted) return reply(problem(accepted.error()));
        on_strand([this, room = *std::move(accepted)]() mutable { hand_over(std::move(room)); });
    }

    /// On a worker.
    void reply(Response response) {
        on_strand([this, answer = rendered(std::move(response))]() mutable { write(std::move(answer)); });
    }

    Answer rendered(Response response) const {
        // After a 400 nobody can be sure that the two of us mean the same by what follows.
        auto const keep_alive = head_.keep_alive && response.status != 400 && !engine_->stopping().stop_requested();
        return render(std::move(response), head_.request, engine_->rendering(keep_alive));
    }

    void hand_over(WebSocketAccept accepted) {
        if (phase_ != Phase::working) return;
        if (!in_.empty()) return refuse({400, "malformed", "Frames came before the upgrade was answered.", {}});
        phase_ = Phase::closed;
        open_socket(engine_, std::move(socket_), head_.request, std::move(accepted));
        engine_->peers().remove(*this);
    }

    /// What the client sent is not understood, so nothing that follows it is either.
    void refuse(Refusal const& refusal) {
        engine_->options().rejections.add({refusal.code});
        auto response = problem(refusal.status, refusal.code, refusal.detail);
        response.headers.insert(response.headers.end(), refusal.headers.begin(), refusal.headers.end());
        write(render(std::move(response), {}, engine_->rendering(false)));
    }

    void write(Answer answer) {
        if (phase_ == Phase::closed) return;
        phase_ = Phase::writing;
        out_ = std::move(answer);
        expire_after(limits().body_time + time_for(out_.body.size()));
        auto const parts = std::array{asio::buffer(out_.head), asio::buffer(out_.body)};
        asio::async_write(socket_, parts, [self = shared_from_this()](error_code const& code, std::size_t) {
            code ? self->close() : self->written();
        });
    }

    void written() {
        auto const keep_alive = out_.keep_alive && !engine_->stopping().stop_requested();
        out_ = {};
        let_go();
        if (phase_ == Phase::closed) return;
        keep_alive ? begin(limits().idle_time) : linger();
    }

    // Ending

    /// Closing with unread bytes makes the kernel reset the connection, and the client may lose the answer: so says
    /// goodbye, and reads on for a moment.
    void linger() {
        phase_ = Phase::lingering;
        in_.clear();
        expire_after(engine_->stopping().stop_requested() ? linger_time_in_drain : linger_time);
        auto code = error_code();
        socket_.shutdown(TcpSocket::shutdown_send, code);
        if (code) return close();
        if (!reading_) read();
    }

    void give_up() {
        if (!overdue()) return;
        if (phase_ == Phase::head || phase_ == Phase::body) {
            return refuse({408, "request_timeout", "The request did not arrive in time.", {}});
        }
        if (phase_ == Phase::writing) drop_what_is_unread();
        close();
    }

    /// Otherwise the kernel would keep the rest of the answer for a peer who does not read it, for minutes.
    void drop_what_is_unread() {
        auto ignored = error_code();
        socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    }

    void close() {
        if (phase_ == Phase::closed) return;
        phase_ = Phase::closed;
        let_go();
        auto code = error_code();
        socket_.close(code);
        engine_->peers().remove(*this);
    }

    std::shared_ptr<Engine> engine_;
    TcpSocket socket_;
    std::string address_;
    Phase phase_ = Phase::idle;
    bool reading_ = false;
    std::string in_;
    std::size_t searched_ = 0; ///< bytes of in_ known not to end the head
    Head head_;
    std::optional<BodyReader> body_;
    std::size_t held_ = 0; ///< bytes of the body that the engine counts
    std::chrono::steady_clock::time_point body_since_;
    Answer out_;
};

} // namespace

void serve(std::shared_ptr<Engine> engine, TcpSocket socket) {
    std::make_shared<Connection>(std::move(engine), std::move(socket))->start();
}

} // namespace api::http
