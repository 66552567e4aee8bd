// Hears of other nodes' commits through LISTEN, on a connection of its own that is opened again when it is lost. Inside
// this room only.
#pragma once

#include <string>
#include <thread>

#include "store/postgres_watch.hpp"
#include "store/transaction.hpp"

namespace store {

/// The channel's name; a payload is `<mark of the node> <business id>`.
inline constexpr auto change_channel = "apunta_change";

class PostgresListener {
public:
    /// `listener` runs on the listener's thread. Notices that begin with `own_mark` are left out: this node told its
    /// own already. After a lost connection it is called with an empty id: anything may have changed.
    PostgresListener(std::string const& address, std::string own_mark, PostgresWatch& watch, ChangeListener listener);
    /// Returns promptly, within a connection attempt's time limit at worst.
    ~PostgresListener();
    PostgresListener(PostgresListener const&) = delete;
    PostgresListener& operator=(PostgresListener const&) = delete;

private:
    void run();
    /// Until stopped; throws when the connection is lost.
    void follow(bool again);
    bool stopped_within(int milliseconds) const;

    std::string address_;
    std::string own_mark_;
    PostgresWatch& watch_;
    ChangeListener listener_;
    int stop_; ///< an eventfd, readable once the thread has to end
    std::thread thread_;
};

} // namespace store
