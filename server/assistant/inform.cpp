#include "assistant/inform.hpp"

#include "assistant/replies.hpp"

namespace assistant {
namespace {

/// The services named, else the one being booked; none means all.
std::vector<base::ServiceId> priced(Turn const& turn, Heard const& heard) {
    if (!heard.services.empty() || !turn.dialogue.draft.service) return heard.services;
    return {*turn.dialogue.draft.service};
}

} // namespace

bool inform(Turn& turn, Heard const& heard) {
    auto const before = turn.words.size();
    // "¿cuánto cuesta el bono?" is answered by what the owner wrote of it.
    auto const by_fact = !heard.facts.empty() && heard.services.empty();
    if (heard.intents.prices && !by_fact) turn.words.push_back(prices(turn, priced(turn, heard)));
    if (heard.intents.duration && !by_fact) turn.words.push_back(durations(turn, priced(turn, heard)));
    if (heard.intents.hours) turn.words.push_back(opening_hours(turn));
    if (heard.intents.address) turn.words.push_back(address(turn));
    auto const changes = heard.intents.cancel || heard.intents.move;
    for (auto const fact : heard.facts) {
        if (!changes) turn.words.push_back(turn.situation.shop.profile.facts[fact].text);
    }
    if (heard.topics.has(language::Topic::policy) && turn.words.size() == before) turn.words.push_back(policy(turn));
    return turn.words.size() > before;
}

} // namespace assistant
