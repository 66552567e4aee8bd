// Persons a message names: who the booking is for, and by whom she wishes to be served.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/next.hpp"

namespace assistant {

/// The words of a text; an empty one where the sentence pauses.
std::vector<std::string> words_of(std::string_view text);

/// A name she gives unasked: "a nombre de …", "para mi hija Lucía", "me llamo …", "soy …".
std::optional<std::string> volunteered_name(std::string_view text);

struct StaffWish {
    std::optional<base::StaffId> member;
    bool unknown = false; ///< somebody was named who does not work here
};
/// After "con" or "with".
StaffWish staff_named(std::string_view text, Shop const& shop);

} // namespace assistant
