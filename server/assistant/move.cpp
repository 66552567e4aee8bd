#include "assistant/move.hpp"

#include <algorithm>
#include <utility>

#include "assistant/book.hpp"
#include "assistant/doubt.hpp"
#include "assistant/draft.hpp"
#include "assistant/find_start.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

using Code = language::Ambiguity::Code;

/// The booking's own day is how it was named, not where it should go: "la del viernes", "del viernes al sábado".
language::When wish_of(Turn const& turn, language::When when, BookingView const& booking) {
    auto const day = day_of(turn, booking);
    if (when.date_to && when.date == day) when.date = std::exchange(when.date_to, std::nullopt);
    if (when.date == day && !when.has_time()) when.date.reset();
    for (auto& doubt : when.ambiguities) {
        if (doubt.code != Code::several) continue;
        std::erase(doubt.options, base::format_date(day));
        if (auto const left = dates_in(doubt.options); left.size() == 1) when.date = left.front();
    }
    std::erase_if(when.ambiguities,
                  [](auto const& doubt) { return doubt.code == Code::several && doubt.options.size() < 2; });
    return when;
}

void begin_move(Turn& turn, BookingView const& booking) {
    auto& draft = turn.dialogue.draft;
    draft.booking = booking.id;
    draft.service = booking.service;
}

/// An hour alone means the booking's day; "a la misma hora" its hour; "con Inés" alone both.
void complete_wish(Turn& turn, Heard const& heard, BookingView const& booking) {
    auto& draft = turn.dialogue.draft;
    auto const start = start_of(turn, booking);
    if (heard.same_hour) {
        draft.time = base::time_of_day(start);
        draft.time_to.reset();
        draft.part_of_day.clear();
    }
    auto const only_staff = heard.staff && heard.staff != booking.staff && !draft.date && !draft.time;
    if (only_staff && draft.part_of_day.empty()) draft.time = base::time_of_day(start);
    if (!draft.date && (draft.time || !draft.part_of_day.empty())) draft.date = base::date_of(start);
}

/// "una hora antes", "más tarde": from what was offered, else from where the booking is.
void look_beside(Turn& turn, Heard const& heard, BookingView const& booking) {
    auto const start = start_of(turn, booking);
    auto& draft = turn.dialogue.draft;
    if (heard.shift != base::Minutes(0)) {
        forget_day_and_hour(draft);
        draft.date = base::date_of(start + heard.shift);
        draft.time = base::time_of_day(start + heard.shift);
    } else if (!look_elsewhere(turn, heard.elsewhere)) {
        seek_beside(draft, heard.elsewhere, start, start);
    }
}

/// Her own booking makes the chair look taken: a start that overlaps it is left to the write to judge.
void allow_overlap_with_itself(Turn& turn, BookingView const& booking) {
    auto& draft = turn.dialogue.draft;
    auto const other_person = draft.staff && draft.staff != booking.staff;
    if (draft.start || other_person || !named_exactly(draft)) return;
    auto const wanted = turn.situation.shop.profile.zone.to_instant(base::LocalTime(*draft.date) + *draft.time);
    auto const length = booking.ends_at - booking.starts_at;
    if (wanted < booking.ends_at && wanted + length > booking.starts_at) draft.start = FreeStart{wanted, booking.staff};
}

Step write_move(Turn& turn) {
    auto const& draft = turn.dialogue.draft;
    auto const call = MoveBooking{*draft.booking, draft.start->starts_at, draft.staff};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* done = std::get_if<Done>(answer);
    if (!done) return write_refused(turn, *answer);
    return report(turn, {{about(turn, "moved", done->booking), done->booking.id}});
}

Step advance_move(Turn& turn, BookingView const& booking) {
    auto& draft = turn.dialogue.draft;
    if (too_near(turn, booking)) return refuse_as_too_late(turn);
    if (!draft.date && !draft.time && draft.part_of_day.empty() && turn.either.empty()) {
        forget_offers(turn);
        return ask(turn, Awaiting::day, about(turn, "ask_day_move", booking));
    }
    allow_overlap_with_itself(turn, booking);
    if (auto step = require_start(turn)) return *step;
    auto const other_person = draft.staff && draft.staff != booking.staff;
    if (draft.start->starts_at == booking.starts_at && !other_person) return keep(turn, booking);
    forget_offers(turn);
    turn.dialogue.offered_at = turn.situation.now;
    return ask(turn, Awaiting::confirmation, ask_confirm_move(turn));
}

std::optional<Step> answer_move_question(Turn& turn, Heard const& heard, BookingView const& booking) {
    auto const asked = turn.dialogue.awaiting == Awaiting::confirmation && turn.dialogue.draft.start;
    if (!asked || differs_from_draft(turn, heard)) return std::nullopt;
    if (said_no(heard)) return keep(turn, booking);
    if (said_yes(heard)) return write_move(turn);
    return std::nullopt;
}

} // namespace

Step move(Turn& turn, Heard heard, Bookings const& bookings) {
    auto const id = identify(turn, heard, bookings);
    auto const* booking = find_booking(bookings, id);
    heard.services.clear();
    if (!booking) {
        take(turn, heard);
        return ask_which(turn, bookings);
    }
    if (heard.gives_up) return keep(turn, *booking);
    if (auto step = answer_move_question(turn, heard, *booking)) return *step;
    auto const refuses =
        heard.answer == language::Answer::no && !heard.when.says_anything() && turn.dialogue.draft.booking;
    if (refuses && heard.elsewhere == Elsewhere::none && !heard.intents.move) return keep(turn, *booking);
    auto const named_now = turn.dialogue.draft.booking != id;
    begin_move(turn, *booking);
    if (named_now || turn.dialogue.awaiting != Awaiting::start) heard.when = wish_of(turn, heard.when, *booking);
    if (turn.dialogue.awaiting == Awaiting::booking) heard.when = named_now ? heard.when : language::When{};
    if (!take(turn, heard)) look_beside(turn, heard, *booking);
    complete_wish(turn, heard, *booking);
    if (heard.unknown_staff) turn.words.push_back(staff_unknown(turn));
    if (auto step = clear_up_doubt(turn, heard)) return *step;
    return advance_move(turn, *booking);
}

} // namespace assistant
