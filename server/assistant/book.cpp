#include "assistant/book.hpp"

#include <algorithm>

#include "assistant/doubt.hpp"
#include "assistant/draft.hpp"
#include "assistant/find_start.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

constexpr std::size_t most_services = 12;

std::vector<base::ServiceId> active_services(Shop const& shop) {
    std::vector<base::ServiceId> active;
    for (auto const& service : shop.services) {
        if (service.active && active.size() < most_services) active.push_back(service.id);
    }
    return active;
}

std::optional<Step> require_service(Turn& turn) {
    auto& dialogue = turn.dialogue;
    if (find_service(turn.situation.shop, dialogue.draft.service)) return std::nullopt;
    dialogue.draft.service.reset();
    auto const all = active_services(turn.situation.shop);
    if (all.size() == 1) {
        dialogue.draft.service = all.front();
        return std::nullopt;
    }
    if (all.empty()) return hand_over(turn, "other", handing_over(turn));
    auto const some = dialogue.offered_services.size() > 1;
    auto listed = some ? dialogue.offered_services : all;
    forget_offers(turn);
    dialogue.offered_services = std::move(listed);
    auto const key = dialogue.offered_services.size() < all.size() ? "ask_which_service" : "ask_service";
    return ask(turn, Awaiting::service, ask_service(turn, key, dialogue.offered_services));
}

/// Somebody who does not do the service is told so, and whoever does it is looked for instead.
void drop_unable_staff(Turn& turn) {
    auto& draft = turn.dialogue.draft;
    auto const* service = find_service(turn.situation.shop, draft.service);
    auto const* member = find_staff(turn.situation.shop, draft.staff);
    if (!draft.staff || (member && business::performs(*member, *service))) return;
    turn.words.push_back(member ? staff_not_for_service(turn, *member, *service) : staff_unknown(turn));
    draft.staff.reset();
}

std::optional<std::string> name_of(Turn const& turn) {
    auto const& name = turn.dialogue.draft.name;
    return name ? name : turn.situation.customer.name;
}

std::optional<Step> require_name(Turn& turn) {
    if (name_of(turn)) return std::nullopt;
    auto const again = turn.situation.dialogue.awaiting == Awaiting::name && turn.dialogue.misunderstandings > 0;
    return ask(turn, Awaiting::name, plain(turn, again ? "ask_name_again" : "ask_name"));
}

Step confirm_first(Turn& turn) {
    forget_offers(turn);
    turn.dialogue.offered_at = turn.situation.now;
    return ask(turn, Awaiting::confirmation, ask_confirmation(turn, *name_of(turn)));
}

Step written(Turn& turn, BookingView const& booking) {
    auto const key = booking.status == schedule::Status::pending ? "booked_pending" : "booked";
    return report(turn, {{about(turn, key, booking), booking.id}});
}

Step write(Turn& turn) {
    auto const& draft = turn.dialogue.draft;
    auto const call = CreateBooking{*draft.service, draft.start->starts_at, draft.staff, *name_of(turn)};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    if (auto const* done = std::get_if<Done>(answer)) return written(turn, done->booking);
    return write_refused(turn, *answer);
}

Step drop(Turn& turn) {
    forget_draft(turn);
    turn.words.push_back(plain(turn, "dropped"));
    return say(turn);
}

/// The first "no" asks what should be different, the next one ends it.
Step declined(Turn& turn, Heard const& heard) {
    auto const proposed = turn.dialogue.awaiting == Awaiting::confirmation || turn.dialogue.awaiting == Awaiting::start;
    if (!proposed || heard.intents.cancel || heard.intents.thanks) return drop(turn);
    turn.dialogue.draft.start.reset();
    forget_offers(turn);
    return ask(turn, Awaiting::change_kind, plain(turn, "what_else"));
}

bool mentions_word(Heard const& heard, std::string_view spanish, std::string_view english) {
    return heard.folded.find(spanish) != std::string::npos || heard.folded.find(english) != std::string::npos;
}

/// "la hora", "el día" in answer to what should be different: it is asked anew.
std::optional<Step> ask_anew(Turn& turn, Heard const& heard) {
    auto& draft = turn.dialogue.draft;
    auto const choosing = turn.dialogue.awaiting == Awaiting::change_kind;
    if (!choosing || heard.when.says_anything() || !heard.services.empty()) return std::nullopt;
    if (mentions_word(heard, "nombre", "name")) return ask(turn, Awaiting::name, plain(turn, "ask_name"));
    if (mentions_word(heard, "servicio", "service")) {
        draft.service.reset();
    } else if (mentions_word(heard, "dia", "day") || mentions_word(heard, "fecha", "date")) {
        forget_day_and_hour(draft);
    } else if (mentions_word(heard, "hora", "time")) {
        look_elsewhere(turn, Elsewhere::other_hour);
    } else {
        return std::nullopt;
    }
    return advance_booking(turn);
}

/// "1" or "the second", unless a time is what she means by it.
bool picks(Heard const& heard, std::size_t option) {
    return !heard.when.says_anything() && language::read_choice(heard.text, 2) == option;
}

std::optional<Step> answer_confirmation(Turn& turn, Heard const& heard) {
    auto const content = heard.asks || heard.elsewhere != Elsewhere::none;
    auto const yes = (heard.answer == language::Answer::yes && !content) || picks(heard, 0);
    auto const no = heard.answer == language::Answer::no || heard.intents.cancel || picks(heard, 1);
    auto const confirming = turn.dialogue.awaiting == Awaiting::confirmation && turn.dialogue.draft.start;
    if (!confirming || heard.gives_up || differs_from_draft(turn, heard)) return std::nullopt;
    if (no) return declined(turn, heard);
    if (yes) return write(turn);
    return std::nullopt;
}

bool helps_to_offer(std::string_view code) { return code != "limit_reached" && code != "not_found"; }

} // namespace

Step advance_booking(Turn& turn) {
    turn.dialogue.draft.goal = Goal::book;
    if (auto step = require_service(turn)) return *step;
    drop_unable_staff(turn);
    if (auto step = require_start(turn)) return *step;
    if (auto step = require_name(turn)) return *step;
    auto const unasked = turn.situation.shop.profile.assistant.auto_confirm && named_exactly(turn.dialogue.draft);
    return unasked ? write(turn) : confirm_first(turn);
}

std::optional<Step> answer_booking(Turn& turn, Heard const& heard) {
    if (auto step = answer_confirmation(turn, heard)) return step;
    if (heard.gives_up) return drop(turn);
    if (auto step = ask_anew(turn, heard)) return step;
    auto const useful = take(turn, heard);
    if (!useful && look_elsewhere(turn, heard.elsewhere)) return advance_booking(turn);
    if (!useful && heard.elsewhere != Elsewhere::none) return ask(turn, Awaiting::day, plain(turn, "ask_day_again"));
    // The service said once more is no misunderstanding.
    if (!useful && !heard.services.empty() && turn.dialogue.draft.service) return advance_booking(turn);
    if (!useful) return heard.answer == language::Answer::no ? std::optional(declined(turn, heard)) : std::nullopt;
    if (heard.unknown_staff) turn.words.push_back(staff_unknown(turn));
    if (auto step = clear_up_doubt(turn, heard)) return step;
    return advance_booking(turn);
}

Step write_refused(Turn& turn, ToolAnswer const& answer) {
    auto const* refused = std::get_if<Refused>(&answer);
    auto const code = refused ? refused->code : std::string();
    auto const start = turn.dialogue.draft.start;
    if (code == "limit_reached" || code == "too_late" || !start || !helps_to_offer(code)) {
        forget_draft(turn);
        auto const key = code == "limit_reached" ? "limit_reached" : "booking_gone";
        turn.words.push_back(code == "too_late" ? too_late(turn) : plain(turn, key));
        return say(turn);
    }
    auto const rule = code == "slot_taken" ? std::string("taken") : code;
    return offer_instead(turn, start_refused(turn, start->starts_at, rule), refused->alternatives);
}

} // namespace assistant
