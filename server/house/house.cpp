#include "house/house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "accounts/accounts.hpp"
#include "accounts/password_resets.hpp"
#include "api/context.hpp"
#include "api/events.hpp"
#include "api/http/server.hpp"
#include "api/routes.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "base/seal.hpp"
#include "base/zone.hpp"
#include "booking/calendar_memory.hpp"
#include "conversation/lanes.hpp"
#include "house/clock_watch.hpp"
#include "house/data_folder.hpp"
#include "house/housekeeping.hpp"
#include "house/watch.hpp"
#include "mail/mailer.hpp"
#include "outbox/sender.hpp"
#include "store/database.hpp"
#include "store/job_worker.hpp"
#include "store/meta.hpp"
#include "whatsapp/simulator.hpp"

namespace house {
namespace {

constexpr auto drain_patience = std::chrono::seconds(10);
constexpr auto mail_claim = mail::longest_send + std::chrono::seconds(5);
constexpr auto key_meta = "master_key_id";
constexpr auto clock_meta = "business_clock_ahead_ms";

bool is_loopback(std::string_view host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

/// A proxy in front speaks https with the world.
bool has_tls(Config const& config) { return config.public_url.starts_with("https://"); }

/// "https://Apunta.example:443/app/" → "https://apunta.example", as a browser names the origin of a page.
std::string origin_of(std::string_view url) {
    auto const host = url.find("://");
    if (host == url.npos) return {};
    auto origin = std::string(url.substr(0, url.find('/', host + 3)));
    std::ranges::transform(origin, origin.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (auto const* standard : {":443", ":80"}) {
        auto const is_default = origin.starts_with("https://") == (std::string_view(standard) == ":443");
        if (is_default && origin.ends_with(standard)) origin.resize(origin.size() - std::string_view(standard).size());
    }
    return origin;
}

/// With SQLite a lane only waits for the commit that takes all who wait; with PostgreSQL it holds a connection.
unsigned lane_threads_of(Config const& config) {
    if (config.lane_threads > 0) return config.lane_threads;
    return config.database_url.empty() ? 32 : 6;
}

/// Behind a proxy all connections come from one address, and from loopback so do those of tests and tools.
std::size_t most_connections_per_address(Config const& config) {
    return is_loopback(config.host) || has_tls(config) ? 0 : 64;
}

base::Result<void> check_exposure(Config const& config) {
    if (config.demo && !is_loopback(config.host)) {
        return base::fail(
            base::Fault::invalid, "insecure_http",
            fmt::format("a demo stays on loopback: its password is known to everybody, so not on {}", config.host));
    }
    if (is_loopback(config.host) || config.public_url.starts_with("https://") || config.insecure_http) return {};
    return base::fail(
        base::Fault::invalid, "insecure_http",
        fmt::format("the host {} is reachable from outside: set PUBLIC_URL=https://… (with TLS in front), or "
                    "say --insecure-http",
                    config.host));
}

using Text = std::optional<std::string>;

base::Result<Text> read_meta(store::Database& database, std::string_view key) {
    return database.read([&](store::Tx& tx) -> base::Result<Text> { return store::meta(tx, key); });
}

base::Result<void> write_meta(store::Database& database, std::string_view key, std::string const& value) {
    return database.write([&](store::Tx& tx) -> base::Result<void> {
        store::set_meta(tx, key, value);
        return {};
    });
}

/// The key that this database's secrets are sealed with; made at the very first start, never again.
base::Result<base::MasterKey> open_master_key(Config const& config, store::Database& database, base::Random& random) {
    TRY(auto known, read_meta(database, key_meta));
    TRY(auto key, base::load_master_key(config.folder / "master.key", !known, random));
    if (known && *known != key.id()) {
        return base::fail(base::Fault::invalid, "wrong_master_key",
                          fmt::format("this database was made with master key {}, not {}: give the right one in "
                                      "APUNTA_MASTER_KEY or APUNTA_MASTER_KEY_FILE",
                                      *known, key.id()));
    }
    if (!known) TRY_VOID(write_meta(database, key_meta, key.id()));
    return key;
}

/// Tells what another one tells.
class SameClock final : public base::Clock {
public:
    explicit SameClock(base::Clock const& other) : other_(other) {}
    base::Instant now() const override { return other_.now(); }

private:
    base::Clock const& other_;
};

/// Business time: the machine's; or from --now on; or, in a demo, as far ahead as it was moved before.
base::Result<std::unique_ptr<base::Clock>> open_business_clock(Config const& config, store::Database& database,
                                                               base::Clock const& system) {
    if (config.now && config.clock_stands) {
        return std::unique_ptr<base::Clock>(std::make_unique<base::StandingClock>(*config.now));
    }
    if (config.now) return std::unique_ptr<base::Clock>(std::make_unique<base::SimulatedClock>(*config.now));
    if (!config.demo) return std::unique_ptr<base::Clock>(std::make_unique<SameClock>(system));
    TRY(auto ahead, read_meta(database, clock_meta));
    auto lead = base::Milliseconds(ahead ? std::stoll(*ahead) : 0);
    return std::unique_ptr<base::Clock>(std::make_unique<base::SimulatedClock>(system.now() + lead));
}

} // namespace

class House::Rooms {
public:
    Rooms(Config config, DataFolder folder, base::Metrics const& metrics, std::unique_ptr<WallClock> system_clock,
          std::unique_ptr<store::Database> database, base::MasterKey const& key,
          std::unique_ptr<base::Clock> business_clock)
        : config_(std::move(config)), folder_(std::move(folder)), metrics_(metrics),
          system_clock_(std::move(system_clock)),
          randomness_(config_.random ? config_.random : std::make_shared<base::SystemRandom>()),
          database_(std::move(database)), business_clock_(std::move(business_clock)), tokens_(key.derive("tokens__")),
          accounts_(*database_, *system_clock_, random_, tokens_, key.derive("refresh_")),
          password_resets_(open_password_resets(*this, key)), mails_(open_mails(*this)),
          limits_(random_, config_.limits), calendars_(*database_), events_(*database_),
          simulator_({*database_, *business_clock_, *system_clock_, random_, conversation::breath_of(config_.breath)}),
          sender_(*database_, simulator_, *business_clock_, *system_clock_),
          lanes_({*database_, *business_clock_, *system_clock_, random_, [this] { sender_.wake(); }},
                 lane_threads_of(config_)),
          context_{*database_,
                   *business_clock_,
                   *system_clock_,
                   random_,
                   accounts_,
                   calendars_,
                   lanes_,
                   sender_,
                   simulator_,
                   events_,
                   limits_,
                   password_resets_ ? &*password_resets_ : nullptr,
                   [this] { mails_->wake(); },
                   settings(),
                   [this](base::Instant target) { return advance(target); },
                   [this] { return ready(); },
                   metrics_},
          watch_(metrics_, *database_, lanes_) {
        context_.metrics_text = [this] { return watch_.text(); };
        metrics_.gauge("apunta_build_info", "Always 1; the version is a label.", {{"version", config_.version}}).set(1);
        simulator_.connect(lanes_);
        database_->on_change([this](base::BusinessId const& business) { changed(business); });
    }

    base::Result<void> start() {
        sender_.start();
        housekeeping_.start();
        TRY_VOID(lanes_.start());
        clock_watch_.start();
        auto options = api::http::Options();
        options.host = config_.host;
        options.port = config_.port;
        options.https = has_tls(config_);
        options.limits.connections_per_address = most_connections_per_address(config_);
        options.at_once = api::is_answered_at_once;
        options.rejections = metrics_.counters(
            "apunta_http_rejections_total", "Requests refused before they were read to their end, by code.", {"code"});
        TRY(server_, api::http::Server::start(options, api::make_handler(context_), api::make_upgrade(context_)));
        watch_.serves(*server_);
        url_ = fmt::format("http://{}:{}", config_.host, server_->port());
        if (mails_) mails_->start(); // its links name the address
        return folder_.announce(url_);
    }

    void stop() {
        simulator_.stop();
        if (server_) server_->drain(drain_patience);
        server_.reset();
        clock_watch_.stop();
        if (mails_) mails_->stop();
        lanes_.stop();
        sender_.stop();
        housekeeping_.stop();
        // What other nodes do may be heard until the database closes, and would be told to rooms that are gone.
        database_->on_change({});
    }

    base::Instant advance(base::Instant target) {
        auto* clock = dynamic_cast<base::MovableClock*>(business_clock_.get());
        if (clock == nullptr) return business_clock_->now();
        auto lock = std::lock_guard(advancing_);
        settle();
        for (auto due = lanes_.next_due(); due && *due <= target; due = lanes_.next_due()) {
            move(*clock, *due);
            settle();
        }
        move(*clock, target);
        settle();
        remember_lead();
        return clock->now();
    }

    std::string const& url() const { return url_; }
    store::Database& database() { return *database_; }
    accounts::Accounts& accounts() { return accounts_; }
    base::Clock const& business_clock() const { return *business_clock_; }
    base::Random& random() { return random_; }
    whatsapp::Simulator& simulator() { return simulator_; }

private:
    api::Settings settings() const {
        auto settings = api::Settings();
        settings.demo = config_.demo;
        settings.movable_clock = config_.demo || config_.now.has_value();
        settings.secure_cookies = has_tls(config_);
        settings.public_origin = origin_of(config_.public_url);
        return settings;
    }

    void changed(base::BusinessId const& business) {
        simulator_.changed(business);
        events_.changed(business);
        if (database_->engine() == store::Engine::postgres) {
            // No id: the connection that hears of other nodes was away, so anything may have changed.
            if (auto looked = business.empty() ? lanes_.look_up() : lanes_.look_up(business); !looked) {
                base::log::warn("lanes.look_up_failed", {{"business", business.text()}, {"code", looked.error().code}});
            }
            sender_.wake();
        }
    }

    /// The dashboard as its owner's browser knows it.
    std::string site() const {
        auto site = config_.public_url.empty() ? url_ : config_.public_url;
        while (site.ends_with('/'))
            site.pop_back();
        return site;
    }

    static std::optional<accounts::PasswordResets> open_password_resets(Rooms& rooms, base::MasterKey const& key) {
        if (!rooms.config_.mailer) return std::nullopt;
        return std::optional<accounts::PasswordResets>(std::in_place, *rooms.database_, *rooms.system_clock_,
                                                       rooms.random_, key, *rooms.config_.mailer,
                                                       [&rooms] { return rooms.site(); });
    }

    static std::unique_ptr<store::JobWorker> open_mails(Rooms& rooms) {
        if (!rooms.password_resets_) return nullptr;
        auto const send = [&rooms](store::Job const& job, std::stop_token stop) {
            return rooms.password_resets_->send(job, std::move(stop));
        };
        return std::make_unique<store::JobWorker>(
            *rooms.database_, *rooms.system_clock_, rooms.random_,
            store::JobWorker::Kind{accounts::PasswordResets::job_kind, accounts::reset_time, mail_claim, send});
    }

    /// However many ask, the disk is asked once a second.
    base::Result<void> ready() {
        auto const lock = std::lock_guard(asking_);
        auto const now = std::chrono::steady_clock::now();
        if (!readiness_ || now - asked_at_ >= std::chrono::seconds(1)) {
            readiness_ = database_->ping();
            asked_at_ = std::chrono::steady_clock::now();
        }
        return *readiness_;
    }

    /// Business time that a demonstration moves is never set back; what waits for it does not follow this clock.
    base::Result<void> set_back(base::Instant now) {
        TRY_VOID(sender_.clock_set_back(now));
        if (mails_) TRY_VOID(mails_->clock_set_back(now));
        auto const follows = dynamic_cast<base::MovableClock*>(business_clock_.get()) == nullptr;
        return follows ? lanes_.clock_set_back(now) : base::Result<void>();
    }

    void move(base::MovableClock& clock, base::Instant instant) {
        clock.advance_to(instant);
        lanes_.clock_moved();
    }

    /// Lanes and outbox feed each other no further than once: a reply never wakes a lane.
    void settle() {
        lanes_.rest();
        sender_.rest();
    }

    void remember_lead() {
        if (!config_.demo) return;
        auto lead = business_clock_->now() - system_clock_->now();
        if (auto kept = write_meta(*database_, clock_meta, std::to_string(lead.count())); !kept) {
            base::log::warn("clock.lead_not_kept", {{"code", kept.error().code}});
        }
    }

    Config config_;
    DataFolder folder_;
    base::Metrics metrics_;
    std::unique_ptr<WallClock> system_clock_;
    std::shared_ptr<base::Random> randomness_;
    base::Random& random_ = *randomness_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<base::Clock> business_clock_;
    accounts::Tokens tokens_;
    accounts::Accounts accounts_;
    std::optional<accounts::PasswordResets> password_resets_;
    std::unique_ptr<store::JobWorker> mails_;
    api::RateLimits limits_;
    booking::CalendarMemory calendars_;
    api::Events events_;
    whatsapp::Simulator simulator_;
    outbox::Sender sender_;
    conversation::Lanes lanes_;
    api::Context context_;
    Watch watch_;
    Housekeeping housekeeping_{*database_, *system_clock_};
    ClockWatch clock_watch_{*system_clock_, [this](base::Instant now) { return set_back(now); }};
    std::unique_ptr<api::http::Server> server_;
    std::string url_;
    std::mutex advancing_;
    std::mutex asking_;
    std::chrono::steady_clock::time_point asked_at_;
    std::optional<base::Result<void>> readiness_;
};

base::Result<std::unique_ptr<House>> House::open(Config const& config) {
    TRY_VOID(check_exposure(config));
    TRY_VOID(base::check_time_zones());
    TRY(auto folder, DataFolder::open(config.folder));
    auto system = std::make_unique<WallClock>();
    auto metrics = base::Metrics();
    auto options = store::OpenOptions();
    options.folder = config.folder;
    options.postgres = config.database_url;
    options.metrics = metrics;
    TRY(auto database, store::Database::open(options, *system));
    auto random = base::SystemRandom();
    TRY(auto key, open_master_key(config, *database, random));
    TRY(auto business_clock, open_business_clock(config, *database, *system));
    auto rooms = std::make_unique<Rooms>(config, std::move(folder), metrics, std::move(system), std::move(database),
                                         key, std::move(business_clock));
    TRY_VOID(rooms->start());
    return std::unique_ptr<House>(new House(std::move(rooms)));
}

House::House(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
House::~House() { stop(); }
std::string const& House::url() const { return rooms_->url(); }
store::Database& House::database() { return rooms_->database(); }
accounts::Accounts& House::accounts() { return rooms_->accounts(); }
base::Clock const& House::business_clock() const { return rooms_->business_clock(); }
base::Random& House::random() { return rooms_->random(); }
whatsapp::Simulator& House::simulator() { return rooms_->simulator(); }
base::Instant House::advance_clock(base::Instant target) { return rooms_->advance(target); }
void House::stop() { rooms_->stop(); }

} // namespace house
