// Live events for dashboards: the change log of a business, followed over WebSockets.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/ids.hpp"
#include "store/database.hpp"

namespace api {

class Events {
public:
    explicit Events(store::Database& database);
    ~Events();
    Events(Events const&) = delete;
    Events& operator=(Events const&) = delete;

    /// New entries in the change log of this business; called after each commit, from any thread.
    void changed(base::BusinessId const& business);

    class Following;

private:
    store::Database& database_;
    std::mutex mutex_;
    std::multimap<base::BusinessId, std::weak_ptr<Following>> followers_;
};

}  // namespace api
