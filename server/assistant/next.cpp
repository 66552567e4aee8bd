#include "assistant/next.hpp"

#include <algorithm>
#include <utility>

#include "assistant/attend.hpp"
#include "assistant/book.hpp"
#include "assistant/change.hpp"
#include "assistant/inform.hpp"
#include "assistant/replies.hpp"
#include "assistant/turn.hpp"
#include "assistant/understand.hpp"

namespace assistant {
namespace {

using language::Answer;

constexpr int most_misunderstandings = 3;

void settle_language(Turn& turn, Heard const& heard) {
    auto& language = turn.dialogue.language;
    auto const foreign = heard.language == "ca" || heard.language == "pt";
    if (!heard.language.empty()) language = foreign ? "es" : heard.language;
    if (foreign && turn.situation.customer.new_chat) turn.words.push_back(plain(turn, "answering_in_spanish"));
    if (language != "es" && language != "en") {
        language = turn.situation.shop.profile.locale.starts_with("en") ? "en" : "es";
    }
}

Step answer_wordless(Turn& turn) {
    auto const sticker = [](Said const& said) { return said.kind == "sticker"; };
    auto const picture = [](Said const& said) { return said.kind == "image"; };
    auto const& said = turn.situation.said;
    if (std::ranges::all_of(said, sticker)) return StaySilent{"sticker", turn.dialogue};
    auto const pending = turn.dialogue.awaiting != Awaiting::nothing && turn.dialogue.awaiting != Awaiting::menu;
    if (!pending && std::ranges::any_of(said, picture)) return hand_over(turn, "other", plain(turn, "picture_notice"));
    turn.words.push_back(plain(turn, "only_text"));
    return say(turn);
}

bool booking_under_way(Turn const& turn) {
    return turn.dialogue.draft.goal == Goal::book && turn.dialogue.awaiting != Awaiting::nothing;
}

bool change_under_way(Turn const& turn) {
    auto const goal = turn.dialogue.draft.goal;
    auto const awaiting = turn.dialogue.awaiting;
    if (goal != Goal::none) return goal == Goal::move || goal == Goal::cancel;
    return awaiting == Awaiting::booking || awaiting == Awaiting::change_kind;
}

/// A thank-you, or an "ok" that answers nothing, ends a chat; an answer to it would only go on for ever.
bool needs_no_answer(Turn const& turn, Heard const& heard) {
    if (turn.situation.customer.new_chat) return false;
    auto const pending = turn.dialogue.awaiting != Awaiting::nothing && turn.dialogue.awaiting != Awaiting::menu;
    if (heard.only_courtesy() && heard.intents.thanks && (!pending || heard.answer == Answer::unclear)) return true;
    auto content = heard;
    content.answer = Answer::unclear;
    content.gives_up = false;
    auto const settled = heard.answer != Answer::unclear || heard.gives_up;
    return !pending && settled && !content.says_something();
}

bool says_word(Heard const& heard, std::initializer_list<std::string_view> beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](auto beginning) { return heard.folded.find(beginning) != std::string::npos; });
}

/// A number at the menu is the wish it stands for.
void follow_menu(Turn const& turn, Heard& heard) {
    if (turn.dialogue.awaiting != Awaiting::menu) return;
    if (heard.answer == Answer::yes && (!heard.intents.any() || says_word(heard, {"si,", "si ", "yes"})))
        heard.intents.book = true;
    auto const choice = heard.when.says_anything() ? std::nullopt : language::read_choice(heard.spanish, 6);
    if (!choice) return;
    heard.answer = Answer::unclear;
    switch (*choice) {
    case 0: heard.intents.book = true; break;
    case 1: heard.intents.my_bookings = true; break;
    case 2: heard.cannot_come = true; break;
    case 3: heard.intents.prices = true; break;
    case 4: heard.intents.hours = heard.intents.address = true; break;
    default: heard.person_reason = "customer_asked"; break;
    }
}

void begin(Turn& turn, Goal goal) {
    auto const service = turn.dialogue.draft.service;
    forget_draft(turn);
    turn.dialogue.draft.goal = goal;
    if (goal == Goal::book) turn.dialogue.draft.service = service;
}

/// "cancela" while booking drops the draft; "cancela mi cita" is about another one.
bool about_existing(Turn const& turn, Heard const& heard) {
    return !booking_under_way(turn) || says_word(heard, {"mi cita", "mi turno", "mi hora", "mi reserva", "la cita del",
                                                         "el turno del", "my appointment", "my booking"});
}

/// "ya no voy a poder ir" says neither cancel nor move, whatever else it was taken for.
bool leaves_open(Heard const& heard) {
    return heard.cannot_come && !heard.intents.move && !says_word(heard, {"cancel", "anul", "borra", "quita"});
}

void settle_kind(Turn& turn, Heard const& heard) {
    auto const choice = heard.when.says_anything() ? std::nullopt : language::read_choice(heard.spanish, 2);
    auto& goal = turn.dialogue.draft.goal;
    if (heard.intents.cancel || choice == std::size_t{1}) {
        goal = Goal::cancel;
    } else if (heard.intents.move || choice || heard.when.says_anything() || heard.same_hour) {
        goal = Goal::move;
    }
}

/// Another booking is wanted while one is being changed.
bool wants_new_booking(Heard const& heard) {
    return heard.intents.book && !heard.intents.cancel && !heard.intents.move &&
           (!heard.services.empty() ||
            says_word(heard, {"otra cita", "otro turno", "nueva", "another", "new appointment"}));
}

bool wants_move(Heard const& heard) {
    if (heard.intents.move) return true;
    return heard.when.says_anything() &&
           says_word(heard, {"cambi", "muev", "mover", "pasa", "change", "move", "resched"});
}

std::optional<Step> follow_change(Turn& turn, Heard const& heard) {
    auto const before = turn.dialogue.draft.goal;
    if (turn.dialogue.awaiting == Awaiting::change_kind) settle_kind(turn, heard);
    auto& goal = turn.dialogue.draft.goal;
    if (goal == Goal::cancel && wants_move(heard)) goal = Goal::move;
    if (goal == Goal::move && heard.intents.cancel && !heard.when.says_anything()) goal = Goal::cancel;
    if (goal != before) {
        turn.dialogue.awaiting = Awaiting::nothing;
        return change(turn, heard);
    }
    return answer_change(turn, heard);
}

std::optional<Step> begin_change(Turn& turn, Heard const& heard, Goal goal) {
    begin(turn, goal);
    return change(turn, heard);
}

bool starts_booking(Turn const& turn, Heard const& heard, bool informed) {
    if (heard.intents.book) return true;
    // "¿a qué hora abrís mañana?" names a day and wants none.
    if (informed && !heard.when.has_time()) return false;
    if (heard.when.says_anything()) return true;
    if (informed || turn.dialogue.draft.goal == Goal::book) return false;
    return !heard.services.empty() || heard.staff || heard.unknown_staff || heard.name || !heard.people.empty() ||
           heard.for_whom || heard.topics.has(language::Topic::usual);
}

std::optional<Step> follow_booking(Turn& turn, Heard const& heard, bool informed) {
    auto const under_way = booking_under_way(turn);
    if (under_way && heard.intents.cancel && heard.answer != Answer::yes &&
        turn.dialogue.awaiting != Awaiting::confirmation) {
        forget_draft(turn);
        turn.words.push_back(plain(turn, "dropped"));
        return say(turn);
    }
    if (!under_way && !starts_booking(turn, heard, informed)) return std::nullopt;
    if (!under_way) begin(turn, Goal::book);
    // A service named in a question about its price is not yet a wish.
    auto wished = heard;
    if (informed && !heard.intents.book && !heard.when.says_anything()) wished.services.clear();
    if (auto step = answer_booking(turn, wished)) return step;
    if (informed || heard.intents.book || heard.intents.greeting) return advance_booking(turn);
    return std::nullopt;
}

Step show_menu(Turn& turn) { return ask(turn, Awaiting::menu, main_menu(turn)); }

/// What was under way is asked again.
Step repeat_question(Turn& turn) {
    if (turn.dialogue.awaiting == Awaiting::attendance) return ask_attendance(turn);
    if (booking_under_way(turn)) return advance_booking(turn);
    if (change_under_way(turn)) return advance_change(turn);
    return show_menu(turn);
}

bool under_way(Turn const& turn) {
    return booking_under_way(turn) || change_under_way(turn) || turn.dialogue.awaiting == Awaiting::attendance;
}

Step answer_with_bookings(Turn& turn) {
    if (auto step = tell_bookings(turn)) return *step;
    if (under_way(turn)) return repeat_question(turn);
    turn.dialogue.awaiting = Awaiting::nothing;
    return say(turn);
}

/// "¿puedo llegar una hora después el viernes?"
bool shifts_booking(Turn const& turn, Heard const& heard) {
    return heard.shift != base::Minutes(0) && !booking_under_way(turn) && !heard.intents.book && heard.services.empty();
}

std::optional<Step> follow(Turn& turn, Heard const& heard, bool informed) {
    auto const& intents = heard.intents;
    if (intents.menu) {
        forget_draft(turn);
        return show_menu(turn);
    }
    if (auto step = answer_reminder(turn, heard)) return *step;
    if (auto step = note_arrival(turn, heard)) return *step;
    if (intents.my_bookings && !intents.cancel && !intents.move) return answer_with_bookings(turn);
    if (change_under_way(turn) && !wants_new_booking(heard)) return follow_change(turn, heard);
    if (about_existing(turn, heard)) {
        if (leaves_open(heard)) {
            auto const elsewhere = heard.elsewhere != Elsewhere::none;
            return begin_change(turn, heard, elsewhere ? Goal::move : Goal::none);
        }
        if (intents.move) return begin_change(turn, heard, Goal::move);
        if (intents.cancel) return begin_change(turn, heard, Goal::cancel);
        if (shifts_booking(turn, heard)) return begin_change(turn, heard, Goal::move);
    }
    if (change_under_way(turn)) forget_draft(turn);
    return follow_booking(turn, heard, informed);
}

Step only_informed(Turn& turn, Heard const& heard) {
    if (under_way(turn)) return repeat_question(turn);
    if (heard.services.size() == 1) turn.dialogue.draft.service = heard.services.front();
    turn.dialogue.awaiting = Awaiting::nothing;
    return say(turn);
}

Step greet(Turn& turn) {
    if (under_way(turn)) return repeat_question(turn);
    if (!turn.situation.customer.new_chat) turn.words.push_back(greeting(turn));
    return show_menu(turn);
}

/// A question that nothing here answers is for a person; other words may be said another way.
std::string_view not_understood(Turn const& turn, Heard const& heard) {
    auto const question = heard.text.find('?') != std::string::npos && !under_way(turn);
    return question ? "unknown_question" : "not_understood";
}

Step misunderstood(Turn& turn, Heard const& heard, int before) {
    auto& dialogue = turn.dialogue;
    dialogue.misunderstandings = before + 1;
    if (dialogue.misunderstandings >= most_misunderstandings)
        return hand_over(turn, "not_understood", handing_over(turn));
    if (dialogue.misunderstandings == 1) {
        if (dialogue.awaiting != Awaiting::name) turn.words.push_back(plain(turn, not_understood(turn, heard)));
        return repeat_question(turn);
    }
    turn.words.push_back(plain(turn, "not_understood_again"));
    return show_menu(turn);
}

/// The question she was asked before, word for word: what she wrote has not helped.
bool asks_the_same(Dialogue const& before, Heard const& heard, Step const& step) {
    auto const* said = std::get_if<Say>(&step);
    if (!said || before.awaiting == Awaiting::nothing) return false;
    auto const& after = said->dialogue;
    // After the menu too, the way back to the same place is none forward.
    if (before.awaiting == Awaiting::menu && before.misunderstandings > 0)
        return after.draft.goal == Goal::book && after.draft == before.draft && !heard.intents.book;
    return after.awaiting == before.awaiting && after.draft == before.draft && after.offered == before.offered &&
           after.offered_services == before.offered_services && after.offered_bookings == before.offered_bookings &&
           after.offered_days == before.offered_days;
}

/// The first time the question alone is repeated; it may say more than before.
Step misunderstood_again(Turn& turn, Heard const& heard, int before, Step const& asked) {
    if (before == 0) {
        auto said = std::get<Say>(asked);
        said.dialogue.misunderstandings = 1;
        return said;
    }
    turn.words.clear();
    return misunderstood(turn, heard, before);
}

Step answer_words(Turn& turn, Heard& heard) {
    auto const misunderstandings = std::exchange(turn.dialogue.misunderstandings, 0);
    follow_menu(turn, heard);
    auto const informed =
        heard.person_reason.empty() || heard.person_reason == "customer_asked" ? inform(turn, heard) : false;
    if (!heard.person_reason.empty()) {
        return hand_over(turn, heard.person_reason, person_notice(turn, heard.person_reason));
    }
    if (needs_no_answer(turn, heard)) return StaySilent{"courtesy", turn.dialogue};
    if (auto step = follow(turn, heard, informed)) {
        auto const again = !informed && asks_the_same(turn.situation.dialogue, heard, *step);
        return again ? misunderstood_again(turn, heard, misunderstandings, *step) : *step;
    }
    if (informed) return only_informed(turn, heard);
    if (heard.intents.greeting) return greet(turn);
    return misunderstood(turn, heard, misunderstandings);
}

} // namespace

Step next(Situation const& situation) {
    Turn turn(situation);
    auto heard = understand(situation);
    settle_language(turn, heard);
    hear_reminder(turn);
    return heard.text.empty() ? answer_wordless(turn) : answer_words(turn, heard);
}

} // namespace assistant
