#include "assistant/book.hpp"

#include <algorithm>

#include "assistant/doubt.hpp"
#include "assistant/draft.hpp"
#include "assistant/find_start.hpp"
#include "assistant/party.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

constexpr std::size_t most_services = 12;
constexpr std::size_t most_in_a_sentence = 6;

std::vector<base::ServiceId> active_services(Shop const& shop) {
    std::vector<base::ServiceId> active;
    for (auto const& service : shop.services) {
        if (service.active && active.size() < most_services) active.push_back(service.id);
    }
    return active;
}

std::optional<Step> require_service(Turn& turn) {
    auto& dialogue = turn.dialogue;
    if (!dialogue.draft.party.empty()) return require_seats(turn);
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
    // Who came by numbers goes on by numbers, and who was not helped by the question gets the list.
    auto const before = turn.situation.dialogue.awaiting;
    auto const numbered = before == Awaiting::menu || before == Awaiting::service || listed.size() > most_in_a_sentence;
    forget_offers(turn);
    dialogue.offered_services = std::move(listed);
    auto const& offered = dialogue.offered_services;
    auto question =
        numbered ? list_services(turn, offered, offered.size() < all.size() ? "ask_which_service" : "ask_service")
                 : ask_service(turn, offered, offered.size() < all.size() ? "ask_service_of" : "ask_service_among");
    return ask(turn, Awaiting::service, std::move(question));
}

/// "lo de siempre" is what she had the last time.
std::optional<Step> take_usual(Turn& turn, Heard const& heard) {
    auto const what = heard.topics.has(language::Topic::usual) && heard.services.empty();
    auto const who = heard.topics.has(language::Topic::usual_person) && !heard.staff;
    if (!what && !who) return std::nullopt;
    auto const call = ListBookings{};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* own = std::get_if<OwnBookings>(answer);
    if (!own || own->visits.empty()) return std::nullopt;
    auto const& last = own->visits.front();
    if (what && find_service(turn.situation.shop, last.service)) turn.dialogue.draft.service = last.service;
    if (who && find_staff(turn.situation.shop, last.staff)) turn.dialogue.draft.staff = last.staff;
    turn.dialogue.draft.start.reset();
    return std::nullopt;
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
    auto const& draft = turn.dialogue.draft;
    if (draft.name) return draft.name;
    return draft.for_other && draft.party.empty() ? std::nullopt : turn.situation.customer.name;
}

std::optional<Step> require_name(Turn& turn) {
    if (name_of(turn)) return std::nullopt;
    auto const again = turn.situation.dialogue.awaiting == Awaiting::name && turn.dialogue.misunderstandings > 0;
    return ask(turn, Awaiting::name, plain(turn, again ? "ask_name_again" : "ask_name"));
}

Step confirm_first(Turn& turn) {
    forget_offers(turn);
    turn.dialogue.offered_at = turn.situation.now;
    auto const name = *name_of(turn);
    auto const several = !turn.dialogue.draft.party.empty();
    auto question = several ? ask_confirm_party(turn, bookings_of(turn, name)) : ask_confirmation(turn, name);
    return ask(turn, Awaiting::confirmation, std::move(question));
}

Written report_of(Turn const& turn, BookingView const& booking) {
    auto const pending = booking.status == schedule::Status::pending;
    return {about(turn, pending ? "booked_pending" : "booked", booking), booking.id};
}

/// Of several, one or the other could not be written: what was is reported all the same, before why the rest was not.
Step partly_written(Turn& turn, std::vector<Written> written, ToolAnswer const& refusal) {
    auto const* refused = std::get_if<Refused>(&refusal);
    auto const limited = refused && refused->code == "limit_reached";
    written.back().text += "\n\n" + plain(turn, limited ? "limit_reached" : "rest_not_booked");
    return report(turn, std::move(written));
}

/// Several are looked up together once more, so that not half of them is written.
std::optional<Step> recheck_party(Turn& turn) {
    auto const& draft = turn.dialogue.draft;
    auto const call = CheckStart{*draft.service, draft.start->starts_at, draft.staff, company_of(draft)};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const* check = std::get_if<StartCheck>(answer);
    if (check && check->free) {
        turn.dialogue.draft.start = check->free;
        return std::nullopt;
    }
    auto const refusal = check ? check->refusal : std::string();
    return offer_instead(turn, start_refused(turn, draft.start->starts_at, refusal),
                         check ? check->alternatives : std::vector<FreeStart>{});
}

Step write(Turn& turn) {
    if (!turn.dialogue.draft.party.empty()) {
        if (auto step = recheck_party(turn)) return *step;
    }
    std::vector<Written> written;
    for (auto const& call : bookings_of(turn, *name_of(turn))) {
        auto const* answer = recall(turn, call);
        if (!answer) return run(turn, call);
        if (auto const* done = std::get_if<Done>(answer)) {
            written.push_back(report_of(turn, done->booking));
        } else {
            return written.empty() ? write_refused(turn, *answer) : partly_written(turn, std::move(written), *answer);
        }
    }
    return report(turn, std::move(written));
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
    return !heard.when.says_anything() && language::read_choice(heard.spanish, 2) == option;
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
    if (auto step = take_usual(turn, heard)) return step;
    auto const useful = take(turn, heard);
    if (!useful && look_elsewhere(turn, heard.elsewhere)) return advance_booking(turn);
    if (!useful && heard.elsewhere != Elsewhere::none) return ask(turn, Awaiting::day, plain(turn, "ask_day_again"));
    // The service said once more is no misunderstanding.
    if (!useful && !heard.services.empty() && turn.dialogue.draft.service) return advance_booking(turn);
    if (!useful && heard.topics.has(language::Topic::usual)) return advance_booking(turn);
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
