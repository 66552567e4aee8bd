// Parts of the texts that journal and dialogue are kept as. Inside this room only.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/tool_call.hpp"

namespace assistant {

namespace json = boost::json;

template <class Tag>
std::optional<std::string> text_of(std::optional<base::Id<Tag>> const& id) {
    return id ? std::optional(id->text()) : std::nullopt;
}

template <class Id>
std::vector<std::string> texts_of(std::vector<Id> const& ids) {
    std::vector<std::string> texts;
    for (auto const& id : ids)
        texts.push_back(id.text());
    return texts;
}

/// null when there is none.
json::value text_json(std::optional<std::string> const& text);
json::array texts_json(std::vector<std::string> const& texts);
json::object start_json(FreeStart const& start);
json::array starts_json(std::vector<FreeStart> const& starts);
std::string_view to_text(schedule::Arrangement arrangement);

} // namespace assistant
