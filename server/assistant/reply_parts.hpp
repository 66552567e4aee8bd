// What the parts of replies are made of. Inside this room only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assistant/turn.hpp"

namespace assistant {

std::string in_lines(std::vector<std::string> const& lines);
/// A text with the list and the drafted service in it.
std::string listed(Turn const& turn, std::string_view key, std::string list);
/// "28 €", "desde 70 €", "a consultar"
std::string price_of(Turn const& turn, business::Service const& service);

} // namespace assistant
