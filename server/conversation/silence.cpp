#include "conversation/silence.hpp"

#include "business/opening.hpp"

namespace conversation {
namespace {

std::optional<Silence> by_chat(store::ConversationRow const& chat) {
    if (chat.answering == "never") return Silence{"ignored", "never"};
    if (chat.answering != "assistant") return Silence{"silent", chat.answering};
    return std::nullopt;
}

/// `suggest` does not speak either: what it would say is for the owner to send.
std::optional<Silence> by_business(Circumstances const& c) {
    auto const& assistant = c.shop.profile.assistant;
    if (!c.activated && c.chat.channel != "simulator") return Silence{"ignored", "not_activated"};
    if (assistant.paused_until && *assistant.paused_until > c.now) return Silence{"silent", "paused"};
    switch (assistant.mode) {
    case business::AssistantMode::always: return std::nullopt;
    case business::AssistantMode::off: return Silence{"ignored", "assistant_off"};
    case business::AssistantMode::suggest: return Silence{"silent", "suggest"};
    case business::AssistantMode::after_hours: break;
    }
    auto open = business::is_open(c.now, c.shop.profile.zone, c.shop.weekly, c.shop.exceptions);
    return open ? std::optional(Silence{"silent", "open_hours"}) : std::nullopt;
}

std::optional<Silence> by_limits(Circumstances const& c) {
    auto received = store::count_received_since(c.tx, c.business, c.chat.id, c.now - std::chrono::hours(1));
    if (received > max_messages_an_hour) return Silence{"silent", "limit"};
    auto recent = store::count_turns_since(c.tx, c.business, c.chat.id, c.now - std::chrono::minutes(10));
    if (recent.turns >= max_idle_turns && recent.with_tools == 0) return Silence{"silent", "no_progress", true};
    return std::nullopt;
}

} // namespace

std::optional<Silence> why_silent(Circumstances const& circumstances) {
    if (auto silence = by_chat(circumstances.chat)) return silence;
    if (auto silence = by_business(circumstances)) return silence;
    return by_limits(circumstances);
}

} // namespace conversation
