// Answers already given, so that a request sent twice is done once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace store {

struct RememberedAnswer {
    std::string request_hash; ///< the same key with another request is a mistake of the client
    std::int64_t status = 0;  ///< of HTTP
    std::string body;
};

/// `actor` names who sent it (an account, a public page), so that nobody reads another's answers by guessing keys.
std::optional<RememberedAnswer> find_answer(Tx& tx, base::BusinessId const& business, std::string_view actor,
                                            std::string_view key);

/// In the transaction of what was done. A second one with the same key fails (conflict `already_exists`) and undoes
/// that transaction: two requests at the same time are done once.
void remember_answer(Tx& tx, base::BusinessId const& business, std::string_view actor, std::string_view key,
                     RememberedAnswer const& answer, base::Instant now);

/// Forgets answers older than `before`, at most 10 000 at a time; answers how many.
std::int64_t trim_answers(Tx& tx, base::Instant before);

} // namespace store
