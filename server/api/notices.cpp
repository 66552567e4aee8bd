#include "api/notices.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "assistant/dialogue.hpp"
#include "outbox/sender.hpp"
#include "store/business.hpp"
#include "store/customer.hpp"
#include "wording/wording.hpp"

namespace api {
namespace {

/// The language of her last message, else the one known of her, else the business's.
wording::Voice voice_to(store::Tx& tx, business::Profile const& profile, store::ConversationRow const& chat) {
    auto language = assistant::parse_dialogue(chat.dialogue).language;
    if (language.empty()) {
        auto const customer = store::find_customer(tx, profile.id, chat.customer);
        language = customer ? customer->language : "";
    }
    if (language.empty()) language = profile.locale.substr(0, 2);
    return {language == "en" ? "en" : "es", profile.tone, profile.country};
}

/// Who does it is said only where there is a choice.
std::string shown_staff(store::Tx& tx, business::Profile const& profile, store::BookingDetails const& booking) {
    auto const staff = store::list_staff(tx, profile.id);
    return std::ranges::count_if(staff, &store::StaffRow::active) > 1 ? booking.staff_name : "";
}

std::string words(store::Tx& tx, business::Profile const& profile, store::ConversationRow const& chat,
                  store::BookingDetails const& booking, std::string_view key, base::Instant now) {
    auto const voice = voice_to(tx, profile, chat);
    auto const starts = profile.zone.to_local(booking.row.starts_at);
    auto const today = base::date_of(profile.zone.to_local(now));
    return wording::say(voice, key,
                        {{"service", booking.service_name},
                         {"day", wording::relative_day(voice, base::date_of(starts), today)},
                         {"time", wording::time(base::time_of_day(starts))},
                         {"staff", shown_staff(tx, profile, booking)},
                         {"address", profile.address}});
}

} // namespace

std::optional<store::ConversationRow> lock_chat_of(store::Tx& tx, base::BusinessId const& business,
                                                   base::CustomerId const& customer) {
    auto const found = store::find_conversation_of_customer(tx, business, customer);
    return found ? store::lock_conversation(tx, business, *found) : std::nullopt;
}

void tell(Context& context, store::Tx& tx, business::Profile const& profile, store::ConversationRow chat,
          store::BookingDetails const& booking, std::string_view key) {
    auto const now = context.both_clocks();
    outbox::queue(tx, profile.id, chat,
                  {.author = "system",
                   .text = words(tx, profile, chat, booking, key, now.business),
                   .reason = outbox::Reason::confirmation,
                   .turn = {},
                   .booking = booking.row.id,
                   .dedupe_key = fmt::format("booking/{}/{}", booking.row.id.text(), booking.row.version),
                   .expires_at = {},
                   .unasked = true},
                  now, context.random);
    chat.last_message_at = now.business;
    store::update_conversation(tx, profile.id, chat);
    tx.note({profile.id, "conversation.updated", chat.id.text()});
    tx.after_commit([&context] { context.sender.wake(); });
}

} // namespace api
