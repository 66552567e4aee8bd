#include "api/following.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "api/http/json.hpp"
#include "api/tool_steps.hpp"
#include "api/wire_bookings.hpp"
#include "api/wire_customers.hpp"
#include "base/log.hpp"
#include "booking/shop.hpp"
#include "store/account.hpp"

namespace api {
namespace {

namespace json = boost::json;

constexpr auto entries_at_once = 100;
/// A client that is further behind is quicker to load everything.
constexpr auto longest_replay = std::int64_t{500};
constexpr auto policy_violation = 1008;
constexpr auto internal_error = 1011;

/// What the client says: from where it goes on; a number that is none means an event that is unknown.
struct FirstFrame {
    bool resumes = false;
    std::int64_t after = -1;
};

std::int64_t number_in(json::value const& value) {
    auto number = std::int64_t{-1};
    if (value.is_int64()) return value.get_int64();
    if (!value.is_string()) return number;
    auto const& text = value.get_string();
    auto const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    return parsed.ptr == end && parsed.ec == std::errc() ? number : -1;
}

std::optional<FirstFrame> parse(std::string const& text) {
    auto const value = http::parse_json(text);
    if (!value || !value->is_object()) return std::nullopt;
    auto const* after = value->get_object().if_contains("after");
    if (after == nullptr || after->is_null()) return FirstFrame{};
    return FirstFrame{true, number_in(*after)};
}

json::value resource(store::Tx& tx, business::Profile const& profile, store::ChangeRow const& change,
                     base::Instant now) {
    auto const kind = std::string_view(change.kind);
    if (kind.starts_with("booking.")) {
        auto const booking = store::find_booking_details(tx, profile.id, base::BookingId(change.ref));
        if (booking) return booking_json(*booking, profile);
    }
    if (kind.starts_with("message.")) {
        auto message = find_message_json(tx, profile, base::MessageId(change.ref), now);
        if (message) return *std::move(message);
    }
    if (kind == "conversation.updated") {
        auto const chat = store::find_conversation_summary(tx, profile.id, base::ConversationId(change.ref));
        if (chat) return conversation_json(*chat, profile.zone);
    }
    if (kind == "customer.created" || kind == "customer.updated") {
        auto const customer = store::find_customer_summary(tx, profile.id, base::CustomerId(change.ref), now);
        if (customer) return customer_json(*customer, profile.zone);
    }
    return json::object{{"id", change.ref}};
}

std::string frame(store::Tx& tx, business::Profile const& profile, store::ChangeRow const& change, base::Instant now) {
    return json::serialize(json::object{{"id", std::to_string(change.seq)},
                                        {"type", change.kind},
                                        {"at", profile.zone.format(change.at)},
                                        {"data", resource(tx, profile, change, now)}});
}

} // namespace

void Events::Following::open(std::shared_ptr<http::Socket> socket) {
    auto const lock = std::lock_guard(mutex_);
    socket_ = std::move(socket);
    opened_at_ = std::chrono::steady_clock::now();
    auto const latest = database_.read(
        [&](store::Tx& tx) -> base::Result<std::int64_t> { return store::latest_seq(tx, visitor_.business); });
    if (!latest) return socket_->close(internal_error, "not available");
    position_ = *latest;
}

void Events::Following::hear(std::string const& text) {
    auto const lock = std::lock_guard(mutex_);
    auto const said = parse(text);
    if (!said) return socket_->close(policy_violation, "a frame is a JSON object");
    if (said->resumes) {
        lost_ = begun_ || said->after < 0;
        if (!begun_) position_ = said->after;
    }
    begun_ = true;
}

bool Events::Following::begun() {
    auto const waited = std::chrono::steady_clock::now() - opened_at_;
    begun_ = begun_ || (socket_ && waited >= patience_for_first_frame);
    return begun_;
}

void Events::Following::push() {
    auto const lock = std::lock_guard(mutex_);
    if (!begun()) return;
    for (auto more = true; more;) {
        auto const news = database_.read([&](store::Tx& tx) { return read(tx); });
        if (!news) return base::log::warn("events.not_read", {{"code", news.error().code}});
        if (!news->session_lives) return socket_->close(policy_violation, "the session has ended");
        if (news->resync) socket_->send(R"({"type":"resync"})");
        for (auto const& text : news->frames) {
            socket_->send(text);
        }
        position_ = news->position;
        lost_ = false;
        more = news->more;
    }
}

void Events::Following::fail() {
    auto const lock = std::lock_guard(mutex_);
    if (socket_) socket_->close(internal_error, "not available");
}

base::Result<Events::Following::News> Events::Following::read(store::Tx& tx) const {
    auto news = News();
    news.session_lives = store::session_is_live(tx, visitor_.session, visitor_.business, clocks_.system.now());
    if (!news.session_lives) return news;
    news.position = store::latest_seq(tx, visitor_.business);
    news.resync = lost_ || position_ > news.position || news.position - position_ > longest_replay;
    if (news.resync || position_ == news.position) return news;
    return read_frames(tx, std::move(news));
}

base::Result<Events::Following::News> Events::Following::read_frames(store::Tx& tx, News news) const {
    auto const changes = store::changes_after(tx, visitor_.business, position_, entries_at_once);
    news.resync = changes.empty() || changes.front().seq != position_ + 1;
    if (news.resync) return news;
    TRY(auto const profile, booking::load_profile(tx, visitor_.business));
    for (auto const& change : changes) {
        news.frames.push_back(frame(tx, profile, change, clocks_.business.now()));
    }
    news.more = changes.back().seq < news.position;
    news.position = changes.back().seq;
    return news;
}

} // namespace api
