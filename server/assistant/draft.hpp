// The draft against what was heard: what is new, what is chosen from a list, what must be asked. No tools.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "assistant/turn.hpp"
#include "assistant/understand.hpp"
#include "language/when.hpp"

namespace assistant {

std::string_view to_text(language::PartOfDay part);
language::PartOfDay parse_part_of_day(std::string_view text);

/// True when the message states a day, hour, service, person or name other than the drafted start has: then a "sí" in
/// it is no yes to what was asked.
bool differs_from_draft(Turn const& turn, Heard const& heard);

/// Puts the service, the person, the name, the day and the hour that were said into the draft, or the entry chosen from
/// the list shown. A new value drops the start chosen before. False: nothing in the message was of use.
bool take(Turn& turn, Heard const& heard);

/// Which of `count` listed things is meant by its number or ordinal; not when the words are a day or an hour instead.
std::optional<std::size_t> chosen_number(Heard const& heard, std::size_t count);
/// Turns "más tarde", "otro día" into a wish, seen from what was proposed or offered. False without such words.
bool look_elsewhere(Turn& turn, Elsewhere where);
/// "más tarde" than `last`, "más temprano" than `first`, on their day.
void seek_beside(Draft& draft, Elsewhere where, base::LocalTime first, base::LocalTime last);

void choose_start(Turn& turn, FreeStart const& start);
/// The day and hour are the customer's own: said, or chosen from a list.
bool named_exactly(Draft const& draft);
void forget_day_and_hour(Draft& draft);

} // namespace assistant
