// From the wished day and hour to one free start, or to a list to choose from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assistant/turn.hpp"

namespace assistant {

/// Empty once draft.start is free and chosen; else the look-up, or the question, that is needed. The draft has a
/// service.
std::optional<Step> require_start(Turn& turn);

/// Says why and lists the free starts nearest to the wished one; with none, asks for another day.
Step offer_instead(Turn& turn, std::string reason, std::vector<FreeStart> const& alternatives);

/// `count` of them, spread evenly, the first and the last included; all when there are no more.
template <class Item>
std::vector<Item> spread(std::vector<Item> const& items, std::size_t count) {
    if (items.size() <= count || count < 2)
        return {items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), count))};
    std::vector<Item> chosen;
    chosen.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(items[i * (items.size() - 1) / (count - 1)]);
    return chosen;
}

} // namespace assistant
