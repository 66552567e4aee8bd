// Takes what is due out of the outbox, hands it to the channel, and keeps the ledger.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "store/database.hpp"
#include "store/outbox.hpp"

namespace outbox {

/// One message on its way out. `id` is the same over retries: a phone shows it once.
struct Outbound {
    base::BusinessId business;
    base::MessageId id;
    std::string channel;
    std::string address_kind;
    std::string address_value;
    std::string text;
    std::string reason;
    std::int64_t attempt = 1; ///< 1 = the first try
};

/// What became of one try. later: try again (the link is down); never: do not (no such number).
enum class Delivery { sent, later, never };

/// The door to a channel.
class Messenger {
public:
    virtual ~Messenger() = default;
    /// One answer per message, in order.
    virtual std::vector<Delivery> send(std::vector<Outbound> const& messages) = 0;
};

/// Receipts that come back for a message of the ledger: sent, delivered, read, failed.
void receipt(store::Tx& tx, base::BusinessId const& business, base::MessageId const& message, std::string_view state,
             std::string_view why, base::Instant at);

/// One thread. Retries after 2, 4, 8 … 60 s, at most 10 times, then failed. A claimed row whose process dies is tried
/// again after 30 s, or at once when this is the only process of its database (SQLite).
class Sender {
public:
    Sender(store::Database& database, Messenger& messenger, base::Clock const& business_clock,
           base::Clock const& system_clock);
    ~Sender();
    Sender(Sender const&) = delete;
    Sender& operator=(Sender const&) = delete;

    void start();
    /// Ends after the batch in hand.
    void stop();
    /// Something was queued.
    void wake();
    /// The machine's clock was set back to `now`: what would be sent or tried again at a time of the old one is due.
    base::Result<void> clock_set_back(base::Instant now);
    /// Waits until nothing is due.
    void rest();

private:
    void run();
    bool send_batch();
    std::vector<Outbound> claim();
    /// False when it could not be written.
    bool settle(std::vector<Outbound> const& batch, std::vector<Delivery> const& deliveries);
    bool settle_owed();

    /// What became of a batch and could not be written, the database being away.
    struct Owed {
        std::vector<Outbound> batch;
        std::vector<Delivery> deliveries;
        std::chrono::steady_clock::time_point until; ///< the end of the claim
    };

    store::Database& database_;
    Messenger& messenger_;
    base::Clock const& business_clock_;
    base::Clock const& system_clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    bool woken_ = true;
    bool resting_ = false;
    std::optional<Owed> owed_; ///< the sending thread's own
    std::thread thread_;
};

} // namespace outbox
