// One socket that follows a change log. Inside the events only.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/events.hpp"
#include "business/profile.hpp"
#include "store/changes.hpp"

namespace api {

/// How long a new client may take to say from where it wants to go on.
inline constexpr auto patience_for_first_frame = std::chrono::seconds(1);

class Events::Following {
public:
    Following(store::Database& database, Visitor visitor, Clocks clocks)
        : database_(database), visitor_(std::move(visitor)), clocks_(clocks) {}

    base::BusinessId const& business() const { return visitor_.business; }
    void open(std::shared_ptr<http::Socket> socket);
    void hear(std::string const& text);
    /// Sends what is new.
    void push();
    /// Ends the socket: it cannot be served.
    void fail();

private:
    struct News {
        bool session_lives = true;
        bool resync = false;
        bool more = false;
        std::int64_t position = 0;
        std::vector<std::string> frames;
    };
    bool begun();
    base::Result<News> read(store::Tx& tx) const;
    base::Result<News> read_frames(store::Tx& tx, News news) const;

    store::Database& database_;
    Visitor visitor_;
    Clocks clocks_;
    std::mutex mutex_;
    std::shared_ptr<http::Socket> socket_;
    std::chrono::steady_clock::time_point opened_at_;
    bool begun_ = false;
    bool lost_ = false;         ///< what the client has is not known: it must load everything
    std::int64_t position_ = 0; ///< number of the last event it has
};

} // namespace api
