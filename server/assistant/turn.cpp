#include "assistant/turn.hpp"

#include <algorithm>

#include "assistant/replies.hpp"
#include "base/text.hpp"

namespace assistant {
namespace {

constexpr std::size_t most_tools = 12;
constexpr std::size_t longest_reply = 900;

/// A text that is too long is cut at its last line break before the limit.
std::vector<std::string> in_messages(std::string text) {
    std::vector<std::string> messages;
    while (base::length_in_code_points(text) > longest_reply) {
        auto head = base::truncate(text, longest_reply);
        if (auto const line = head.rfind('\n'); line != std::string::npos && line > 0) head.resize(line);
        text.erase(0, head.size());
        text.erase(0, text.find_first_not_of('\n'));
        messages.push_back(std::move(head));
    }
    if (!text.empty()) messages.push_back(std::move(text));
    return messages;
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& part : words) {
        if (part.empty()) continue;
        if (!text.empty()) text += "\n\n";
        text += part;
    }
    return text;
}

/// The first words ever said in a chat tell that no person is writing.
std::vector<std::string> introduced(Turn const& turn) {
    auto words = turn.words;
    if (!turn.situation.customer.new_chat) return words;
    auto const& greeting = turn.situation.shop.profile.assistant.greeting;
    if (!greeting.empty()) words.insert(words.begin(), greeting);
    words.insert(words.begin(), disclosure(turn));
    return words;
}

std::vector<Reply> replies(Turn const& turn) {
    std::vector<Reply> result;
    for (auto& text : in_messages(joined(introduced(turn))))
        result.push_back({std::move(text), false, {}});
    return result;
}

} // namespace

ToolAnswer const* recall(Turn& turn, ToolCall const& call) {
    auto const& journal = turn.situation.journal;
    for (auto at = turn.recalled; at < journal.size(); ++at) {
        if (journal[at].call != call) continue;
        turn.recalled = at + 1;
        return &journal[at].answer;
    }
    return nullptr;
}

wording::Voice voice_of(Turn const& turn) {
    auto const& profile = turn.situation.shop.profile;
    return {turn.dialogue.language, profile.tone, profile.country};
}

base::LocalTime local(Turn const& turn, base::Instant instant) {
    return turn.situation.shop.profile.zone.to_local(instant);
}

base::Date today(Turn const& turn) { return base::date_of(local(turn, turn.situation.now)); }

business::Service const* find_service(Shop const& shop, std::optional<base::ServiceId> const& id) {
    auto const found = std::ranges::find_if(shop.services, [&](auto const& service) { return service.id == id; });
    return found == shop.services.end() ? nullptr : &*found;
}

business::StaffMember const* find_staff(Shop const& shop, std::optional<base::StaffId> const& id) {
    auto const found = std::ranges::find_if(shop.staff, [&](auto const& member) { return member.id == id; });
    return found == shop.staff.end() ? nullptr : &*found;
}

Step say(Turn& turn) { return Say{replies(turn), turn.dialogue}; }

Step ask(Turn& turn, Awaiting awaiting, std::string question) {
    turn.words.push_back(std::move(question));
    turn.dialogue.awaiting = awaiting;
    return say(turn);
}

Step report(Turn& turn, std::vector<Written> written) {
    forget_draft(turn);
    auto said = Say{replies(turn), turn.dialogue};
    if (said.replies.empty()) said.replies.emplace_back();
    auto& first = said.replies.back().text;
    first += (first.empty() ? "" : "\n\n") + written.front().text;
    said.replies.back().confirmation = true;
    said.replies.back().booking = written.front().booking;
    for (std::size_t i = 1; i < written.size(); ++i)
        said.replies.push_back({written[i].text, true, written[i].booking});
    return said;
}

Step run(Turn& turn, ToolCall call) {
    if (turn.situation.journal.size() >= most_tools) return hand_over(turn, "limit", handing_over(turn));
    return RunTool{std::move(call)};
}

Step hand_over(Turn& turn, std::string reason, std::string notice) {
    turn.words.push_back(std::move(notice));
    turn.dialogue.misunderstandings = 0;
    return HandOver{replies(turn), std::move(reason), turn.dialogue};
}

void forget_draft(Turn& turn) {
    turn.dialogue.draft = {};
    turn.dialogue.awaiting = Awaiting::nothing;
    forget_offers(turn);
}

void forget_offers(Turn& turn) {
    turn.dialogue.offered.clear();
    turn.dialogue.offered_services.clear();
    turn.dialogue.offered_bookings.clear();
    turn.dialogue.offered_days.clear();
    turn.dialogue.offered_at.reset();
}

} // namespace assistant
