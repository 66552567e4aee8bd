// The rooms put together. A house is a value: many may stand in one process (tests, eval, two nodes); no globals.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "api/rate_limits.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace base {
class Clock;
class Random;
} // namespace base
namespace store {
class Database;
}
namespace accounts {
class Accounts;
}
namespace mail {
class Mailer;
}
namespace whatsapp {
class Simulator;
}

namespace house {

struct Config {
    std::filesystem::path folder = "var";
    std::string database_url; ///< postgresql://…; empty = SQLite in the folder
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0 takes any free one
    std::string public_url;     ///< as browsers know it; empty = http://host:port
    bool insecure_http = false; ///< a host that is not loopback, without https in front
    std::string version;        ///< of the program, for the operator
    bool demo = false;
    std::optional<base::Instant> now; ///< business time at the start; ticks from there
    bool clock_stands = false;        ///< with `now`: business time moves only by advance_clock()
    base::Milliseconds breath{2500};
    unsigned lane_threads = 0;                 ///< 0: as many as suit the engine
    std::shared_ptr<mail::Mailer> mailer = {}; ///< null: this server sends no mail
    std::shared_ptr<base::Random> random = {}; ///< null: the system's; keys are always made with that one
    api::RateLimits::Rules limits = {};
};

class House {
public:
    /// Opens folder and database, takes up what was left undone, listens. Errors are sentences for the operator; the
    /// codes are those of the rooms (already_running, database_newer, wrong_master_key, port_taken …).
    static base::Result<std::unique_ptr<House>> open(Config const& config);
    ~House();
    House(House const&) = delete;
    House& operator=(House const&) = delete;

    std::string const& url() const;
    store::Database& database();
    accounts::Accounts& accounts();
    base::Clock const& business_clock() const;
    base::Random& random();
    /// The phones of businesses whose channel is a simulator.
    whatsapp::Simulator& simulator();
    /// Fires every timer up to `target` in order, each at its own due time, and lets lanes and outbox rest in between.
    base::Instant advance_clock(base::Instant target);
    /// Finishes what is in hand: requests, turns, sends. Nothing is lost by not calling it.
    void stop();

private:
    class Rooms;
    explicit House(std::unique_ptr<Rooms> rooms);
    std::unique_ptr<Rooms> rooms_;
};

} // namespace house
