// Whether the assistant may speak in a chat at all, and if not, why.
#pragma once

#include <optional>
#include <string>

#include "assistant/next.hpp"
#include "store/conversation.hpp"
#include "store/database.hpp"

namespace conversation {

/// More than this from one customer within an hour is not answered.
inline constexpr int max_messages_an_hour = 60;
/// So many turns within ten minutes in which nothing was looked up or written: two machines are talking to each other.
inline constexpr int max_idle_turns = 12;

struct Silence {
    std::string outcome; ///< silent: the owner's to answer; ignored: nobody is meant to
    std::string reason;
    bool calls_owner = false;
};

struct Circumstances {
    store::Tx& tx;
    base::BusinessId const& business;
    store::ConversationRow const& chat;
    assistant::Shop const& shop;
    bool activated;
    base::Instant now;
};

/// nullopt: the assistant answers.
std::optional<Silence> why_silent(Circumstances const& circumstances);

} // namespace conversation
