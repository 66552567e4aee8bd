#include "conversation/turn.hpp"

#include <algorithm>
#include <limits>

#include "assistant/next.hpp"
#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "booking/shop.hpp"
#include "business/opening.hpp"
#include "conversation/answering.hpp"
#include "conversation/silence.hpp"
#include "customers/customers.hpp"
#include "store/conversation.hpp"
#include "tools/tools.hpp"
#include "wording/wording.hpp"

namespace conversation {
namespace {

constexpr auto max_steps = 16;
constexpr auto days_of_exceptions = std::chrono::days(400);
constexpr auto everything = std::numeric_limits<std::int64_t>::max();

/// What a turn works on. Lives for one transaction.
struct Chat {
    store::Tx& tx;
    base::BusinessId const& business;
    store::ConversationRow row;
    assistant::Shop shop;
    bool activated;
    outbox::Now now;
    base::Random& random;
};

base::Result<assistant::Shop> load_shop(store::Tx& tx, base::BusinessId const& business, base::Instant now) {
    auto shop = assistant::Shop();
    TRY(shop.profile, booking::load_profile(tx, business));
    auto today = base::date_of(shop.profile.zone.to_local(now));
    shop.services = booking::load_services(tx, business, booking::Services::bookable);
    shop.staff = booking::load_staff(tx, business);
    shop.weekly = booking::load_weekly(tx, business);
    shop.exceptions = booking::load_exceptions(tx, business, today, today + days_of_exceptions);
    return shop;
}

wording::Voice voice_of(Chat const& chat) {
    auto language = assistant::parse_dialogue(chat.row.dialogue).language;
    return {language.empty() ? "es" : language, chat.shop.profile.tone, chat.shop.profile.country};
}

base::Instant patience_ends(Chat const& chat) {
    return business::after_open_time(chat.row.answering_since_at.value_or(chat.now.business), waiting_patience,
                                     chat.shop.profile.zone, chat.shop.weekly, chat.shop.exceptions);
}

/// When a chat without waiting messages has something to do.
NextWake next_wake(Chat const& chat) {
    if (chat.row.answering == "waiting_for_owner") return patience_ends(chat);
    if (chat.row.answering == "owner" || chat.row.answering == "paused") return chat.row.answering_until_at;
    return std::nullopt;
}

void to_assistant(Chat& chat) {
    chat.row.answering = "assistant";
    chat.row.answering_since_at = chat.now.business;
    chat.row.answering_until_at = std::nullopt;
}

void to_owner(Chat& chat) {
    chat.row.answering = "waiting_for_owner";
    chat.row.answering_since_at = chat.now.business;
    chat.row.answering_until_at = std::nullopt;
}

void send(Chat& chat, std::optional<base::TurnId> const& turn, std::string const& key, outbox::Reason reason,
          assistant::Reply const& reply) {
    outbox::queue(chat.tx, chat.business, chat.row,
                  {.author = "assistant",
                   .text = reply.text,
                   .reason = reply.confirmation ? outbox::Reason::confirmation : reason,
                   .turn = turn,
                   .booking = reply.booking,
                   .dedupe_key = key,
                   .expires_at = {}},
                  chat.now, chat.random);
    chat.row.last_message_at = chat.now.business;
    if (!chat.row.disclosed_at) chat.row.disclosed_at = chat.now.business;
}

void send_all(Chat& chat, base::TurnId const& turn, outbox::Reason reason,
              std::vector<assistant::Reply> const& replies) {
    for (auto i = std::size_t{0}; i < replies.size(); ++i) {
        send(chat, turn, "turn/" + turn.text() + "/" + std::to_string(i), reason, replies[i]);
    }
}

/// Whoever had the chat until now gives it back when her time is over; a customer who waited in vain is told once.
void expire_answering(Chat& chat) {
    auto const& until = chat.row.answering_until_at;
    if (until && *until <= chat.now.business) to_assistant(chat);
    if (chat.row.answering == "waiting_for_owner" && patience_ends(chat) <= chat.now.business) {
        auto key = "waited/" + std::to_string(base::to_millis(*chat.row.answering_since_at));
        auto text = wording::say(voice_of(chat), "still_waiting");
        send(chat, std::nullopt, key, outbox::Reason::notice, {.text = text, .confirmation = false, .booking = {}});
        to_assistant(chat);
    }
}

/// The end of each way through a turn: the conversation is written with the time of its next waking.
base::Result<NextWake> rest(Chat& chat) {
    chat.row.wake_at = next_wake(chat);
    store::update_conversation(chat.tx, chat.business, chat.row);
    chat.tx.note({chat.business, "conversation.updated", chat.row.id.text()});
    return chat.row.wake_at;
}

void append_entry(Chat& chat, base::TurnId const& turn, std::int64_t seq, assistant::JournalEntry const& entry) {
    auto const* done = std::get_if<assistant::Done>(&entry.answer);
    store::append_turn_entry(chat.tx, chat.business,
                             {.turn = turn,
                              .seq = seq,
                              .tool = std::string(assistant::tool_name(entry.call)),
                              .arguments = assistant::to_json(entry.call),
                              .answer = assistant::to_json(entry.answer),
                              .booking = done != nullptr ? std::optional(done->booking.id) : std::nullopt,
                              .at = chat.now.business});
}

/// Asks for the next step until the turn has words or silence; tools run on the way, in this transaction.
base::Result<assistant::Step> last_step(Chat& chat, base::TurnId const& turn, assistant::Situation& situation) {
    auto bench = tools::Bench{chat.business, chat.row.customer, booking::Origin::guided,
                              chat.shop,     chat.now.business, chat.random};
    for (auto i = 0; i < max_steps; ++i) {
        auto step = assistant::next(situation);
        auto const* wanted = std::get_if<assistant::RunTool>(&step);
        if (wanted == nullptr) return step;
        TRY(auto answer, tools::run(chat.tx, bench, wanted->call));
        base::crash_point("turn.tool_run");
        situation.journal.push_back({wanted->call, std::move(answer)});
        append_entry(chat, turn, i + 1, situation.journal.back());
    }
    return base::fail(base::Fault::broken, "turn_too_long", "the assistant asked for more tools than a turn may run");
}

std::vector<assistant::Said> said_in(std::vector<store::MessageRow> const& waiting) {
    auto said = std::vector<assistant::Said>();
    for (auto const& message : waiting)
        said.push_back({message.kind, message.text, message.sent_at});
    return said;
}

/// A name that she gave for a booking becomes hers while none is known.
void learn_name(Chat& chat, std::optional<std::string> const& known,
                std::vector<assistant::JournalEntry> const& journal) {
    if (known) return;
    for (auto const& entry : journal) {
        auto const* created = std::get_if<assistant::CreateBooking>(&entry.call);
        if (created == nullptr || created->for_other || !std::holds_alternative<assistant::Done>(entry.answer))
            continue;
        // The row is there: the booking refers to it.
        if (customers::rename(chat.tx, chat.business, chat.row.customer, created->name)) return;
    }
}

struct Ending {
    std::string outcome;
    std::string reason;
};

/// The end of a turn, for the operator: counted, and a line that leads from the messages to the turn and its replies.
void report(Chat& chat, std::optional<base::TurnId> const& turn, std::vector<store::MessageRow> const& waiting,
            Ending const& ending) {
    auto const answered = ending.outcome == "answered";
    auto const took = answered ? std::optional(chat.now.business - waiting.front().created_at) : std::nullopt;
    chat.tx.tally({store::Tally::What::turn, ending.outcome, ending.reason, took});
    chat.tx.after_commit([business = chat.business, conversation = chat.row.id, turn, ending,
                          first = waiting.front().id, last = waiting.back().id, count = waiting.size()] {
        base::log::info("turn.ended", {{"business", business.text()},
                                       {"conversation", conversation.text()},
                                       {"turn", turn ? turn->text() : std::string()},
                                       {"first_message", first.text()},
                                       {"last_message", last.text()},
                                       {"messages", count},
                                       {"outcome", ending.outcome},
                                       {"reason", ending.reason}});
    });
}

/// Performs the step that ends a turn.
Ending perform(Chat& chat, base::TurnId const& turn, assistant::Step const& step) {
    if (auto const* say = std::get_if<assistant::Say>(&step)) {
        send_all(chat, turn, outbox::Reason::reply, say->replies);
        chat.row.dialogue = assistant::to_json(say->dialogue);
        return {"answered", ""};
    }
    if (auto const* hand_over = std::get_if<assistant::HandOver>(&step)) {
        send_all(chat, turn, outbox::Reason::notice, hand_over->replies);
        chat.row.dialogue = assistant::to_json(hand_over->dialogue);
        to_owner(chat);
        return {"answered", hand_over->reason};
    }
    auto const& silent = std::get<assistant::StaySilent>(step);
    chat.row.dialogue = assistant::to_json(silent.dialogue);
    return {"silent", silent.reason};
}

base::Result<void> answer(Chat& chat, std::vector<store::MessageRow> const& waiting) {
    auto turn = base::TurnId::make(chat.now.system, chat.random);
    store::insert_turn(chat.tx, chat.business, turn, chat.row.id, chat.now.business);
    auto customer = store::find_customer(chat.tx, chat.business, chat.row.customer);
    auto name = customer ? customer->name : std::nullopt;
    auto situation =
        assistant::Situation{.shop = chat.shop,
                             .customer = {name, !chat.row.disclosed_at},
                             .dialogue = assistant::parse_dialogue(chat.row.dialogue),
                             .said = said_in(waiting),
                             .journal = {},
                             .now = chat.now.business,
                             .reminder = store::find_unanswered_reminder(chat.tx, chat.business, chat.row.id)};
    TRY(auto step, last_step(chat, turn, situation));
    learn_name(chat, name, situation.journal);
    auto ending = perform(chat, turn, step);
    store::settle_inbox(chat.tx, chat.business, chat.row.id, waiting.back().seq, turn, ending.outcome, ending.reason);
    store::close_turn(chat.tx, chat.business, turn, chat.now.business, ending.outcome, ending.reason);
    report(chat, turn, waiting, ending);
    base::crash_point("turn.closing");
    return {};
}

base::Result<std::optional<Chat>> open_chat(store::Tx& tx, base::BusinessId const& business,
                                            base::ConversationId const& id, outbox::Now now, base::Random& random) {
    auto row = store::lock_conversation(tx, business, id);
    if (!row) return std::optional<Chat>();
    TRY(auto shop, load_shop(tx, business, now.business));
    auto record = store::find_business(tx, business);
    auto activated = record && record->activated_at.has_value();
    return std::optional(Chat{tx, business, *std::move(row), std::move(shop), activated, now, random});
}

} // namespace

base::Result<NextWake> take_turn(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& id,
                                 outbox::Now now, base::Random& random) {
    TRY(auto opened, open_chat(tx, business, id, now, random));
    if (!opened) return NextWake();
    auto& chat = *opened;
    if (chat.row.wake_at && *chat.row.wake_at > now.business) return chat.row.wake_at;

    expire_answering(chat);
    auto waiting = store::waiting_messages(tx, business, id);
    if (waiting.empty()) return rest(chat);
    auto why = why_silent({tx, business, chat.row, chat.shop, chat.activated, now.business});
    if (why) {
        store::settle_inbox(tx, business, id, waiting.back().seq, std::nullopt, why->outcome, why->reason);
        if (why->calls_owner) to_owner(chat);
        report(chat, std::nullopt, waiting, {why->outcome, why->reason});
        return rest(chat);
    }
    TRY_VOID(answer(chat, waiting));
    return rest(chat);
}

base::Result<NextWake> give_up_turn(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& id,
                                    outbox::Now now, base::Random& random) {
    TRY(auto opened, open_chat(tx, business, id, now, random));
    if (!opened) return NextWake();
    auto& chat = *opened;
    auto waiting = store::waiting_messages(tx, business, id);
    store::settle_inbox(tx, business, id, everything, std::nullopt, "silent", "failed");
    if (!waiting.empty()) report(chat, std::nullopt, waiting, {"silent", "failed"});
    auto text = wording::say(voice_of(chat), "person_notice");
    send(chat, std::nullopt, "failed/" + std::to_string(base::to_millis(now.system)), outbox::Reason::notice,
         {.text = text, .confirmation = false, .booking = {}});
    to_owner(chat);
    return rest(chat);
}

} // namespace conversation
