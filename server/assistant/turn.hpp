// A turn being replayed: what the tools have answered so far, the dialogue as it changes, the words collected.
// Functions that may need a tool answer a Step; those that may also have nothing to say answer std::optional<Step>, and
// an empty one means "go on".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/next.hpp"
#include "wording/wording.hpp"

namespace assistant {

struct Turn {
    explicit Turn(Situation const& from) : situation(from), dialogue(from.dialogue) {}

    Situation const& situation;
    Dialogue dialogue;
    std::vector<std::string> words;      ///< what will be said, in order
    std::size_t recalled = 0;            ///< journal entries used up
    std::vector<base::LocalTime> either; ///< "a las 5 o a las 6": the moments between which this turn has to choose
};

/// What the journal says about `call`, looking forward from the last answer used; nullptr: the tool must be asked.
ToolAnswer const* recall(Turn& turn, ToolCall const& call);

wording::Voice voice_of(Turn const& turn);
base::Date today(Turn const& turn);
base::LocalTime local(Turn const& turn, base::Instant instant);
business::Service const* find_service(Shop const& shop, std::optional<base::ServiceId> const& id);
business::StaffMember const* find_staff(Shop const& shop, std::optional<base::StaffId> const& id);

/// Ends the turn with the collected words as one message (or several, when they are long).
Step say(Turn& turn);
/// Ends the turn with a question; what was listed is remembered by the caller.
Step ask(Turn& turn, Awaiting awaiting, std::string question);
/// A write that was done, in words made from its committed row.
struct Written {
    std::string text;
    base::BookingId booking;
};
/// Ends the turn and forgets the draft; each write is reported in a message of its own. `written` is not empty.
Step report(Turn& turn, std::vector<Written> written);
/// Asks for the tool, or for a person when the turn has used up its tools.
Step run(Turn& turn, ToolCall call);
Step hand_over(Turn& turn, std::string reason, std::string notice);
/// Forgets what was being put together; the language stays.
void forget_draft(Turn& turn);
/// Forgets lists that were shown.
void forget_offers(Turn& turn);

} // namespace assistant
