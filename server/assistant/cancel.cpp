#include "assistant/cancel.hpp"

#include <algorithm>

#include "assistant/replies.hpp"

namespace assistant {
namespace {

Step cancel_all(Turn& turn, std::vector<base::BookingId> const& ids) {
    std::vector<Written> written;
    for (auto const& id : ids) {
        auto const call = CancelBooking{id};
        auto const* answer = recall(turn, call);
        if (!answer) return run(turn, call);
        if (auto const* done = std::get_if<Done>(answer)) {
            written.push_back({about(turn, "cancelled", done->booking), done->booking.id});
        } else {
            auto const* refused = std::get_if<Refused>(answer);
            turn.words.push_back(refused && refused->code == "too_late" ? too_late(turn) : plain(turn, "booking_gone"));
        }
    }
    if (!written.empty()) return report(turn, std::move(written));
    forget_draft(turn);
    return say(turn);
}

/// The bookings still far enough away, of which the rest is told that it is too late.
Step ask_cancel_all(Turn& turn, Bookings const& bookings) {
    Bookings listed;
    std::ranges::copy_if(bookings, std::back_inserter(listed), [&](auto const& each) { return !too_near(turn, each); });
    if (listed.empty()) return refuse_as_too_late(turn);
    if (listed.size() < bookings.size()) turn.words.push_back(too_late(turn));
    forget_offers(turn);
    turn.dialogue.draft.booking.reset();
    for (auto const& booking : listed)
        turn.dialogue.offered_bookings.push_back(booking.id);
    if (listed.size() > 1) return ask(turn, Awaiting::confirmation, ask_confirm_cancel_all(turn, listed));
    turn.dialogue.draft.booking = listed.front().id;
    return ask(turn, Awaiting::confirmation, ask_confirm_cancel(turn, listed.front()));
}

std::optional<Step> answer_cancel_question(Turn& turn, Heard const& heard, Bookings const& bookings) {
    auto const& dialogue = turn.dialogue;
    if (dialogue.awaiting != Awaiting::confirmation) return std::nullopt;
    auto const* booking = find_booking(bookings, dialogue.draft.booking);
    if (said_no(heard) || heard.gives_up) return booking ? keep(turn, *booking) : keep(turn, bookings.front());
    if (!said_yes(heard) && !(heard.intents.cancel || heard.all_of_them)) return std::nullopt;
    if (booking && !means_other_booking(turn, heard, *booking)) return cancel_all(turn, {booking->id});
    if (!booking && !dialogue.offered_bookings.empty()) return cancel_all(turn, std::vector(dialogue.offered_bookings));
    return std::nullopt;
}

/// "la del viernes y la del lunes": those that each part singles out.
Bookings meant_by_parts(Turn const& turn, Heard const& heard, Bookings const& bookings) {
    Bookings several;
    for (auto const& part : heard.parts) {
        auto words = Heard{};
        words.when = part;
        auto const fitting = meant(turn, words, bookings);
        if (fitting.size() == 1 && !find_booking(several, fitting.front().id)) several.push_back(fitting.front());
    }
    return several;
}

/// "no, la otra" of two.
BookingView const* the_other(Turn const& turn, Heard const& heard, Bookings const& bookings) {
    auto const& id = turn.dialogue.draft.booking;
    auto const said =
        heard.folded.find("la otra") != std::string::npos || heard.folded.find("el otro") != std::string::npos;
    if (!said || !id || bookings.size() != 2) return nullptr;
    return &bookings[bookings.front().id == *id ? 1 : 0];
}

} // namespace

Step cancel(Turn& turn, Heard const& heard, Bookings const& bookings) {
    if (auto const* other = the_other(turn, heard, bookings)) return ask_cancel_all(turn, {*other});
    if (auto step = answer_cancel_question(turn, heard, bookings)) return *step;
    if (turn.dialogue.awaiting == Awaiting::confirmation) turn.dialogue.draft.booking.reset();
    if (heard.all_of_them && bookings.size() > 1) return ask_cancel_all(turn, bookings);
    auto const several = meant_by_parts(turn, heard, bookings);
    if (several.size() > 1) return ask_cancel_all(turn, several);
    turn.dialogue.draft.booking = identify(turn, heard, bookings);
    auto const* booking = find_booking(bookings, turn.dialogue.draft.booking);
    return booking ? ask_cancel_all(turn, {*booking}) : ask_which(turn, bookings);
}

} // namespace assistant
