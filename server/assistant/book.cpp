#include "assistant/book.hpp"

#include <algorithm>

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

Step declined(Turn& turn, Heard const& heard) {
    turn.words.push_back(plain(turn, "dropped"));
    if (heard.intents.cancel || heard.intents.thanks) {
        forget_draft(turn);
        return say(turn);
    }
    forget_day_and_hour(turn.dialogue.draft);
    forget_offers(turn);
    turn.words = {plain(turn, "what_else")};
    turn.dialogue.awaiting = Awaiting::day;
    return say(turn);
}

std::optional<Step> answer_confirmation(Turn& turn, Heard const& heard) {
    auto const choice = heard.when.says_anything() ? std::nullopt : language::read_choice(heard.text, 2);
    auto const yes = heard.answer == language::Answer::yes || choice == std::size_t{0};
    auto const no = heard.answer == language::Answer::no || heard.intents.cancel || choice == std::size_t{1};
    if (differs_from_draft(turn, heard)) return std::nullopt;
    if (no) return declined(turn, heard);
    if (yes) return write(turn);
    return std::nullopt;
}

bool helps_to_offer(std::string_view code) { return code != "limit_reached" && code != "not_found"; }

}  // namespace

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
    auto const confirming = turn.dialogue.awaiting == Awaiting::confirmation && turn.dialogue.draft.start;
    if (confirming) {
        if (auto step = answer_confirmation(turn, heard)) return step;
    }
    auto const answered_no = heard.answer == language::Answer::no || heard.other_hour;
    if (!take(turn, heard)) {
        if (!answered_no || !turn.dialogue.draft.service) return std::nullopt;
        return declined(turn, heard);
    }
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

}  // namespace assistant
