#include "assistant/attend.hpp"

#include <algorithm>
#include <chrono>

#include "assistant/change.hpp"
#include "assistant/replies.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

using language::Answer;
using language::Topic;
using Note = NoteBooking::Note;

/// A start further away is not what she is on her way to.
constexpr auto long_before = std::chrono::hours(6);
constexpr auto long_after = std::chrono::hours(3);

/// "sí, pero a las 6" comes to another booking than the one of the reminder.
bool wants_change(Heard const& heard) {
    return heard.intents.move || heard.same_hour || heard.shift != base::Minutes(0) || heard.when.has_time() ||
           heard.elsewhere != Elsewhere::none;
}

bool will_come(Heard const& heard) {
    auto const other = heard.intents.cancel || heard.cannot_come || heard.gives_up || wants_change(heard);
    return !other && !heard.asks && (heard.answer == Answer::yes || heard.topics.has(Topic::attends));
}

bool will_not_come(Heard const& heard) {
    return heard.cannot_come || heard.gives_up || (heard.answer == Answer::no && !heard.topics.has(Topic::attends));
}

Step change_to(Turn& turn, Heard const& heard, Goal goal) {
    turn.dialogue.draft.goal = goal;
    turn.dialogue.awaiting = Awaiting::nothing;
    return change(turn, heard);
}

/// Notes it and answers with the row as it is then; a booking that is gone meanwhile is told as such.
Step noted(Turn& turn, NoteBooking const& note, std::string_view key) {
    auto const* answer = recall(turn, note);
    if (!answer) return run(turn, note);
    auto const* done = std::get_if<Done>(answer);
    if (!done) {
        forget_draft(turn);
        turn.words.push_back(plain(turn, "booking_gone"));
        return say(turn);
    }
    return report(turn, {{about(turn, key, done->booking), done->booking.id}});
}

bool expected_now(Turn const& turn, BookingView const& booking) {
    auto const now = turn.situation.now;
    return schedule::is_active(booking.status) && booking.starts_at < now + long_before &&
           booking.starts_at > now - long_after;
}

BookingView const* expected(Turn const& turn, OwnBookings const& own) {
    for (auto const* list : {&own.bookings, &own.visits}) {
        if (!list->empty() && expected_now(turn, list->front())) return &list->front();
    }
    return nullptr;
}

/// What the business says of those who are late.
void tell_patience(Turn& turn) {
    for (auto const& fact : turn.situation.shop.profile.facts) {
        auto const told = std::ranges::find(turn.words, fact.text) != turn.words.end();
        if (!told && language::family_of(base::fold(fact.topic)) == "espera") turn.words.push_back(fact.text);
    }
}

} // namespace

void hear_reminder(Turn& turn) {
    auto const& reminder = turn.situation.reminder;
    if (!reminder) return;
    forget_draft(turn);
    turn.dialogue.draft.booking = reminder;
    turn.dialogue.awaiting = Awaiting::attendance;
}

std::optional<Step> answer_reminder(Turn& turn, Heard const& heard) {
    auto const& draft = turn.dialogue.draft;
    if (turn.dialogue.awaiting != Awaiting::attendance || !draft.booking) return std::nullopt;
    if (will_come(heard)) return noted(turn, {*draft.booking, Note::attends}, "attendance_confirmed");
    if (heard.intents.book && !heard.services.empty()) return std::nullopt;
    if (heard.intents.cancel && !heard.cannot_come) return change_to(turn, heard, Goal::cancel);
    if (wants_change(heard) || heard.when.says_anything()) return change_to(turn, heard, Goal::move);
    if (will_not_come(heard)) {
        auto plain_no = heard;
        plain_no.answer = Answer::unclear;
        return change_to(turn, plain_no, Goal::none);
    }
    return std::nullopt;
}

Step ask_attendance(Turn& turn) {
    auto const call = ListBookings{};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* own = std::get_if<OwnBookings>(answer);
    for (auto const& booking : own ? own->bookings : std::vector<BookingView>{}) {
        if (booking.id == turn.dialogue.draft.booking)
            return ask(turn, Awaiting::attendance, about(turn, "ask_attendance", booking));
    }
    forget_draft(turn);
    turn.words.push_back(plain(turn, "booking_gone"));
    return say(turn);
}

std::optional<Step> note_arrival(Turn& turn, Heard const& heard) {
    auto const late = heard.topics.has(Topic::late);
    if (!late && !heard.topics.has(Topic::arrived)) return std::nullopt;
    if (heard.intents.move || heard.intents.cancel || heard.cannot_come) return std::nullopt;
    auto const call = ListBookings{};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* own = std::get_if<OwnBookings>(answer);
    auto const* booking = own ? expected(turn, *own) : nullptr;
    if (!booking) return std::nullopt;
    auto const note = NoteBooking{booking->id, late ? Note::late : Note::arrived, late ? heard.late_minutes : 0};
    if (late) tell_patience(turn);
    return noted(turn, note, late ? "late_noted" : "arrival_noted");
}

} // namespace assistant
