// Which answers the sentences of a reply ask for.
#pragma once

#include <set>
#include <string>

#include "eval/reply.hpp"
#include "eval/sentences.hpp"

namespace eval {

/// A question, or a request such as "dime el día"; not courtesy: "¿algo más?", "si no puedes venir, avísame".
bool wants_answer(Sentence const& sentence);
/// "¿Qué …?", "which …?": not to be answered by yes or no.
bool is_open_question(std::string const& sentence);
std::set<Question> questions_in(std::string const& sentence, Signboard const& signboard);

/// "¿lo confirmo?", "¿cancelo la cita?", "shall I book it?"
bool asks_to_act(std::string const& sentence);
/// "¿te va bien?", "is that right?": a yes only where one start is stated.
bool asks_for_agreement(std::string const& sentence);
/// "responde sí o no", "reply YES to confirm"
bool asks_for_word_yes(std::string const& sentence);

bool mentions_moving(std::string const& sentence);
bool mentions_cancelling(std::string const& sentence);

} // namespace eval
