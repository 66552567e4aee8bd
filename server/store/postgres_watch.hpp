// Ends connections whose server has gone silent. PostgreSQL's own time limits end a statement that takes too long, but
// not when the server itself stands still or the network swallows its answers: a client would then wait for ever.
// Inside this room only.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <thread>

namespace store {

class PostgresWatch {
public:
    PostgresWatch();
    ~PostgresWatch();
    PostgresWatch(PostgresWatch const&) = delete;
    PostgresWatch& operator=(PostgresWatch const&) = delete;

    /// One connection under watch, for as long as its socket is open.
    class Watched {
    public:
        Watched(PostgresWatch& watch, int socket);
        ~Watched();
        Watched(Watched const&) = delete;
        Watched& operator=(Watched const&) = delete;
        /// True once the watch has ended it.
        bool is_cut() const { return cut_; }

    private:
        friend class PostgresWatch;
        PostgresWatch& watch_;
        int socket_;
        std::atomic<std::int64_t> asked_at_ = 0; ///< steady milliseconds; 0: nothing is asked
        std::atomic<bool> cut_ = false;
    };

    /// The time from a question to its answer. `watched` may be null: then nobody watches.
    class Question {
    public:
        explicit Question(Watched* watched);
        ~Question();
        Question(Question const&) = delete;
        Question& operator=(Question const&) = delete;

    private:
        Watched* watched_;
    };

private:
    void run();
    void cut_the_silent();

    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::set<Watched*> all_;
    std::thread thread_;
};

} // namespace store
