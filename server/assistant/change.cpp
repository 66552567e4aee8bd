#include "assistant/change.hpp"

#include <algorithm>

#include "assistant/book.hpp"
#include "assistant/doubt.hpp"
#include "assistant/draft.hpp"
#include "assistant/find_start.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

using Bookings = std::vector<BookingView>;
using Code = language::Ambiguity::Code;

base::LocalTime start_of(Turn const& turn, BookingView const& booking) { return local(turn, booking.starts_at); }
base::Date day_of(Turn const& turn, BookingView const& booking) { return base::date_of(start_of(turn, booking)); }

BookingView const* find_booking(Bookings const& bookings, std::optional<base::BookingId> const& id) {
    auto const found = std::ranges::find_if(bookings, [&](auto const& booking) { return booking.id == id; });
    return found == bookings.end() ? nullptr : &*found;
}

Step no_bookings(Turn& turn) {
    forget_draft(turn);
    return ask(turn, Awaiting::menu, plain(turn, "no_bookings"));
}

template <class Wanted>
Bookings narrowed(Bookings const& bookings, Wanted wanted) {
    Bookings fitting;
    std::ranges::copy_if(bookings, std::back_inserter(fitting), wanted);
    return fitting.empty() ? bookings : fitting;
}

bool names_day(language::When const& when, base::Date day) {
    if (when.date) return when.date == day;
    auto const text = base::format_date(day);
    return std::ranges::any_of(when.ambiguities, [&](auto const& doubt) {
        return std::ranges::find(doubt.options, text) != doubt.options.end();
    });
}

/// The bookings the words fit, by day, service, hour; all of them when the words single out none.
Bookings meant(Turn const& turn, Heard const& heard, Bookings const& bookings) {
    auto fitting =
        narrowed(bookings, [&](auto const& booking) { return names_day(heard.when, day_of(turn, booking)); });
    fitting = narrowed(fitting, [&](auto const& booking) {
        return std::ranges::find(heard.services, booking.service) != heard.services.end();
    });
    return narrowed(fitting, [&](auto const& booking) {
        auto const time = base::time_of_day(start_of(turn, booking));
        return heard.when.time == time || heard.when.other_time == time;
    });
}

/// Which booking it is about, when the words or the shortness of the list tell.
std::optional<base::BookingId> identify(Turn const& turn, Heard const& heard, Bookings const& bookings) {
    auto const& dialogue = turn.dialogue;
    if (find_booking(bookings, dialogue.draft.booking)) return dialogue.draft.booking;
    if (bookings.size() == 1) return bookings.front().id;
    auto const fitting = meant(turn, heard, bookings);
    if (fitting.size() == 1) return fitting.front().id;
    if (dialogue.awaiting != Awaiting::booking) return std::nullopt;
    auto const number = chosen_number(heard, dialogue.offered_bookings.size());
    if (!number) return std::nullopt;
    auto const& id = dialogue.offered_bookings[*number];
    return find_booking(bookings, id) ? std::optional(id) : std::nullopt;
}

Step ask_which(Turn& turn, Bookings const& bookings) {
    forget_offers(turn);
    for (auto const& booking : bookings)
        turn.dialogue.offered_bookings.push_back(booking.id);
    return ask(turn, Awaiting::booking, list_bookings(turn, "which_booking", bookings));
}

bool too_near(Turn const& turn, BookingView const& booking) {
    return booking.starts_at - turn.situation.now < turn.situation.shop.profile.rules.cancel_notice;
}

Step refuse_as_too_late(Turn& turn) {
    forget_draft(turn);
    turn.words.push_back(too_late(turn));
    return say(turn);
}

Step keep(Turn& turn, BookingView const& booking) {
    forget_draft(turn);
    turn.words.push_back(about(turn, "kept", booking));
    return say(turn);
}

bool said_yes(Heard const& heard) {
    if (heard.asks || heard.elsewhere != Elsewhere::none) return false;
    if (heard.answer != language::Answer::unclear) return heard.answer == language::Answer::yes;
    return !heard.when.says_anything() && language::read_choice(heard.spanish, 2) == std::size_t{0};
}

bool said_no(Heard const& heard) {
    if (heard.answer != language::Answer::unclear) return heard.answer == language::Answer::no;
    return !heard.when.says_anything() && language::read_choice(heard.spanish, 2) == std::size_t{1};
}

// Cancelling

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

bool means_other_booking(Turn const& turn, Heard const& heard, BookingView const& booking) {
    return heard.when.has_day() && !names_day(heard.when, day_of(turn, booking));
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

// Moving

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

/// An hour alone means the booking's day; "a la misma hora" its hour.
void complete_wish(Turn& turn, Heard const& heard, BookingView const& booking) {
    auto& draft = turn.dialogue.draft;
    auto const start = start_of(turn, booking);
    if (heard.same_hour) {
        draft.time = base::time_of_day(start);
        draft.time_to.reset();
        draft.part_of_day.clear();
    }
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
    if (draft.start || !named_exactly(draft)) return;
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
    if (draft.start->starts_at == booking.starts_at) return keep(turn, booking);
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
