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

/// The name written with capitals at this place of a text's words, up to three of them; empty when there is none.
std::string name_written_at(std::vector<std::string> const& words, std::size_t at);

/// A name she gives unasked: "a nombre de …", "para mi hija Lucía", "me llamo …", "se llama …",
/// "soy …".
std::optional<std::string> volunteered_name(std::string_view text);

struct StaffWish {
    std::optional<base::StaffId> member;
    bool unknown = false; ///< somebody was named who does not work here
};
/// After "con" or "with".
StaffWish staff_named(std::string_view text, Shop const& shop);

} // namespace assistant
