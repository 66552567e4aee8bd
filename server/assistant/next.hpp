// The one question a turn asks: given all that is known, what is the next step? Pure. Asked again after each step with
// the journal one entry longer, until it answers with words or silence; so a crash resumes by asking again.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "assistant/dialogue.hpp"
#include "assistant/tool_call.hpp"
#include "base/time.hpp"
#include "business/hours.hpp"
#include "business/profile.hpp"
#include "business/services.hpp"

namespace assistant {

/// The business as far as the assistant speaks of it: active services and staff, opening hours in words come from
/// weekly.
struct Shop {
    business::Profile profile;
    std::vector<business::Service> services;
    std::vector<business::StaffMember> staff;
    business::WeeklyHours weekly;
    std::vector<business::HoursException> exceptions; ///< from today on
};

struct Customer {
    std::optional<std::string> name;
    bool new_chat = false; ///< nothing was ever sent to her here: the first reply says that an assistant answers
};

struct Said {
    std::string kind; ///< text, audio, image, sticker, location, other
    std::string text;
    base::Instant sent_at;
};

struct Situation {
    Shop const& shop;
    Customer customer;
    Dialogue dialogue;                 ///< as the turn found it
    std::vector<Said> said;            ///< the messages of this turn, in order; never empty
    std::vector<JournalEntry> journal; ///< of this turn
    base::Instant now;                 ///< when the turn opened; stays the same within it
    /// The booking that a reminder asked about, while nothing has been said to her since.
    std::optional<base::BookingId> reminder = {};
};

/// Ask a tool, then ask next() again.
struct RunTool {
    ToolCall call;
};
struct Reply {
    std::string text;
    bool confirmation = false; ///< reports a write: never dropped
    std::optional<base::BookingId> booking;
};
/// Send these, remember that, and the turn is over.
struct Say {
    std::vector<Reply> replies;
    Dialogue dialogue;
};
/// A person is wanted: send these, and the owner is called.
struct HandOver {
    std::vector<Reply> replies;
    std::string reason; ///< customer_asked, complaint, medical, payment, not_understood, limit, other
    Dialogue dialogue;
};
/// Nothing is to be said (a sticker, a thank-you after a goodbye).
struct StaySilent {
    std::string reason;
    Dialogue dialogue;
};
using Step = std::variant<RunTool, Say, HandOver, StaySilent>;

/// Guided mode: no model. At most 12 tool calls in a turn.
Step next(Situation const& situation);

} // namespace assistant
