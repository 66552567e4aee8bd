// Pieces of JSON that the journal and the dialogue share. Included by .cpp files only.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "assistant/tool_call.hpp"

namespace assistant {

template <class Tag>
boost::json::value id_json(std::optional<base::Id<Tag>> const& id) {
    return id ? boost::json::value(id->text()) : boost::json::value();
}

inline boost::json::value start_json(FreeStart const& start) {
    return boost::json::object{{"starts_at", base::to_millis(start.starts_at)}, {"staff", start.staff.text()}};
}

inline boost::json::array starts_json(std::vector<FreeStart> const& starts) {
    boost::json::array array;
    for (auto const& start : starts) array.push_back(start_json(start));
    return array;
}

}  // namespace assistant
