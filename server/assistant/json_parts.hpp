// Parts of the texts that journal and dialogue are kept as.
#pragma once

#include <boost/json.hpp>

#include "assistant/tool_call.hpp"

namespace assistant {

namespace json = boost::json;

template <class Tag>
json::value id_json(std::optional<base::Id<Tag>> const& id) {
    return id ? json::value(id->text()) : json::value();
}

template <class Id>
json::array ids_json(std::vector<Id> const& ids) {
    json::array array;
    for (auto const& id : ids)
        array.push_back(json::value(id.text()));
    return array;
}

json::object start_json(FreeStart const& start);
json::array starts_json(std::vector<FreeStart> const& starts);
std::string_view to_text(schedule::Arrangement arrangement);

} // namespace assistant
