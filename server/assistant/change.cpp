#include "assistant/change.hpp"

#include "assistant/cancel.hpp"
#include "assistant/draft.hpp"
#include "assistant/move.hpp"
#include "assistant/own_bookings.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

Step no_bookings(Turn& turn) {
    forget_draft(turn);
    return ask(turn, Awaiting::menu, plain(turn, "no_bookings"));
}

Step ask_kind(Turn& turn, Heard const& heard, Bookings const& bookings) {
    turn.dialogue.draft.booking = identify(turn, heard, bookings);
    auto const* booking = find_booking(bookings, turn.dialogue.draft.booking);
    if (!booking) return ask_which(turn, bookings);
    if (means_other_booking(turn, heard, *booking)) {
        turn.dialogue.draft.goal = Goal::move;
        return move(turn, heard, bookings);
    }
    forget_offers(turn);
    return ask(turn, Awaiting::change_kind, about(turn, "change_or_cancel", *booking));
}

/// Whether the message can be an answer to the pending question of a change.
bool of_use(Turn const& turn, Heard const& heard) {
    if (heard.when.says_anything() || !heard.services.empty() || heard.staff || heard.unknown_staff) return true;
    if (heard.elsewhere != Elsewhere::none || heard.gives_up || heard.answer == language::Answer::no) return true;
    if (heard.same_hour || heard.all_of_them || heard.cannot_come || heard.intents.cancel || heard.intents.move)
        return true;
    auto const& dialogue = turn.dialogue;
    switch (dialogue.awaiting) {
    case Awaiting::booking: return chosen_number(heard, dialogue.offered_bookings.size()).has_value();
    case Awaiting::start: return chosen_number(heard, dialogue.offered.size()) || heard.answer == language::Answer::yes;
    case Awaiting::day: return chosen_number(heard, dialogue.offered_days.size()).has_value();
    case Awaiting::confirmation: return said_yes(heard) || said_no(heard);
    default: return false;
    }
}

} // namespace

std::optional<Step> tell_bookings(Turn& turn) {
    auto const call = ListBookings{};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* own = std::get_if<OwnBookings>(answer);
    if (!own || own->bookings.empty()) return no_bookings(turn);
    turn.words.push_back(list_bookings(turn, "my_bookings", own->bookings));
    return std::nullopt;
}

Step change(Turn& turn, Heard const& heard) {
    auto const call = ListBookings{};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* own = std::get_if<OwnBookings>(answer);
    if (!own || own->bookings.empty()) return no_bookings(turn);
    switch (turn.dialogue.draft.goal) {
    case Goal::cancel: return cancel(turn, heard, own->bookings);
    case Goal::move: return move(turn, heard, own->bookings);
    case Goal::none:
    case Goal::book: break;
    }
    return ask_kind(turn, heard, own->bookings);
}

std::optional<Step> answer_change(Turn& turn, Heard const& heard) {
    if (!of_use(turn, heard)) return std::nullopt;
    return change(turn, heard);
}

Step advance_change(Turn& turn) { return change(turn, Heard{}); }

} // namespace assistant
