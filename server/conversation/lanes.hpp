// One lane per chat: its messages are answered in order, one turn at a time, when the chat has been quiet for a breath.
// Lanes of different chats run side by side on a few threads. What a lane has to do is a column of its conversation
// (wake_at, business time), so nothing is forgotten when the process dies.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "conversation/holdings.hpp"
#include "conversation/turn.hpp"
#include "store/database.hpp"

namespace conversation {

class Lanes {
public:
    struct Doors {
        store::Database& database;
        base::Clock const& business_clock;
        base::Clock const& system_clock;
        base::Random& random;
        std::function<void()> wake_outbox;
    };
    explicit Lanes(Doors doors, unsigned threads = 4);
    ~Lanes();
    Lanes(Lanes const&) = delete;
    Lanes& operator=(Lanes const&) = delete;

    /// Takes up what was waiting when the process ended, and begins.
    base::Result<void> start();
    /// Ends after the turns in hand.
    void stop();

    /// The chat has something to do at `due`; for after a commit that set its wake_at.
    void wake(base::BusinessId const& business, base::ConversationId const& conversation, base::Instant due);
    /// Another node changed something in this business, or anywhere: looks up which chats have something to do.
    base::Result<void> look_up(base::BusinessId const& business);
    base::Result<void> look_up();
    /// The business clock was set forward.
    void clock_moved();
    /// The machine's clock was set back to `now`: what would wait until the old time has come again is due now.
    base::Result<void> clock_set_back(base::Instant now);

    struct Load {
        std::size_t busy = 0;    ///< a turn is being taken
        std::size_t waiting = 0; ///< have a time at which they have something to do
    };
    Load load();
    /// When the earliest lane is due, by business time.
    std::optional<base::Instant> next_due();
    /// Waits until no lane is running and none is due now.
    void rest();

private:
    struct Lane {
        base::BusinessId business;
        base::ConversationId conversation;
        std::optional<base::Instant> due;
        bool running = false;
        int failures = 0;
    };
    void run();
    Lane* earliest();
    void take(std::unique_lock<std::mutex>& lock, Lane& lane);
    base::Result<NextWake> turn(Lane const& lane);
    void release();
    void schedule(Lane& lane, std::optional<base::Instant> due);

    Doors doors_;
    Holdings holdings_;
    unsigned thread_count_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::map<base::ConversationId, Lane> lanes_;
    std::set<std::pair<base::Instant, base::ConversationId>> due_; ///< of lanes that do not run
    int running_ = 0;
    std::vector<std::thread> threads_;
};

} // namespace conversation
