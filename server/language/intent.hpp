// What a customer wants, and which of several things handed in she means. Knows no services: terms come from outside.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/topics.hpp"

namespace language {

/// What a message asks for; several may be set. Empty: nothing recognised.
struct Intents {
    bool book = false;
    bool move = false; ///< change an existing booking
    bool cancel = false;
    bool my_bookings = false; ///< "¿cuándo era mi cita?"
    bool prices = false;
    bool duration = false; ///< "¿cuánto tarda?"
    bool hours = false;
    bool address = false;
    bool person = false; ///< wants a human, complains, asks about payment or health
    bool greeting = false;
    bool thanks = false; ///< also goodbye
    bool menu = false;   ///< "menú", "empezar de nuevo", "volver"
    bool any() const {
        return book || move || cancel || my_bookings || prices || duration || hours || address || person || greeting ||
               thanks || menu;
    }
};
Intents read_intents(std::string_view text);
Intents intents_of(Topics const& topics);

enum class Answer { yes, no, unclear };
/// "sí", "dale", "vale", "perfecto", 👍 … "no", "mejor no", 👎. A no with something else ("no, mejor a las 12") is no.
Answer read_answer(std::string_view text);

/// Which of `count` listed things is meant, from 0: "2", "el 2", "la segunda", "opción 3", "la última". A number that
/// is an hour ("a las 2") is not a choice.
std::optional<std::size_t> read_choice(std::string_view text, std::size_t count);

/// Something that may be named: `id` is handed back; `names` are its name and synonyms.
struct Term {
    std::string id;
    std::vector<std::string> names;
};
struct TermMatch {
    std::string id;
    double score; ///< 0 to 1
};
/// The terms that the text names, best first, none below a fixed score: tokens folded, small typos by trigrams.
std::vector<TermMatch> match_terms(std::string_view text, std::span<Term const> terms);

/// A person's name in an answer to "¿a qué nombre?": "Carmen", "soy Carmen Ruiz", "a nombre de mi hija Lucía". Empty
/// when the text reads like something else (a question, a long sentence, a time).
std::optional<std::string> read_name(std::string_view text);

/// "es", "en", "ca" or "pt", of the text; empty when it cannot be told ("ok", "👍", "10").
std::string read_language(std::string_view text);

/// A text in Catalan or Portuguese word for word in Spanish, as far as customers' words go; any other text as it is.
std::string in_spanish(std::string_view text);

/// The word that stands for all words for one thing ("pagar" and "tarjeta" are "pago"); folded words in, and out.
std::string family_of(std::string word);

} // namespace language
