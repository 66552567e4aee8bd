// How much waits, over all businesses: for the operator, not for anybody's decisions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace store {

struct Depths {
    std::int64_t inbox = 0;  ///< messages that no turn has answered yet
    std::int64_t outbox = 0; ///< messages that have not left yet
    struct Channels {
        std::string kind;
        std::string state;
        std::int64_t count;
    };
    std::vector<Channels> channels; ///< without those of sandboxes
    struct Jobs {
        std::string kind;
        std::int64_t waiting;
        std::int64_t failed;
    };
    std::vector<Jobs> jobs;
};

Depths depths(Tx& tx);

} // namespace store
