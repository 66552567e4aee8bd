#include "assistant/own_bookings.hpp"

#include <algorithm>

#include "assistant/draft.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

template <class Wanted>
Bookings narrowed(Bookings const& bookings, Wanted wanted) {
    Bookings fitting;
    std::ranges::copy_if(bookings, std::back_inserter(fitting), wanted);
    return fitting.empty() ? bookings : fitting;
}

} // namespace

base::LocalTime start_of(Turn const& turn, BookingView const& booking) { return local(turn, booking.starts_at); }
base::Date day_of(Turn const& turn, BookingView const& booking) { return base::date_of(start_of(turn, booking)); }

BookingView const* find_booking(Bookings const& bookings, std::optional<base::BookingId> const& id) {
    auto const found = std::ranges::find_if(bookings, [&](auto const& booking) { return booking.id == id; });
    return found == bookings.end() ? nullptr : &*found;
}

bool names_day(language::When const& when, base::Date day) {
    if (when.date) return when.date == day;
    auto const text = base::format_date(day);
    return std::ranges::any_of(when.ambiguities, [&](auto const& doubt) {
        return std::ranges::find(doubt.options, text) != doubt.options.end();
    });
}

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

bool means_other_booking(Turn const& turn, Heard const& heard, BookingView const& booking) {
    return heard.when.has_day() && !names_day(heard.when, day_of(turn, booking));
}

} // namespace assistant
