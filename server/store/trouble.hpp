// Tells the log when the database begins to refuse its work and when it does it again. Inside this room only.
#pragma once

#include <chrono>
#include <mutex>

#include "base/result.hpp"
#include "store/transaction.hpp"

namespace store {

class Trouble {
public:
    /// What the caller is told of a failure while the server runs. Of one that passes (disk, network, server) she
    /// learns that it does; its cause is the operator's, in the log, once in ten seconds.
    base::Error met(Failure const& failure);
    /// Something was written.
    void over();

private:
    std::mutex mutex_;
    bool met_ = false;
    std::chrono::steady_clock::time_point told_at_ = {};
};

} // namespace store
