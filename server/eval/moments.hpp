// The starts that a reply states: "mañana, jueves 22 de octubre a las 10:00", "vie 23 a las 6 de la tarde", "10/22 at
// 6 pm". For the words of any assistant, in Spanish and English.
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "eval/sentences.hpp"

namespace eval {

/// At least one of the two is there.
struct Moment {
    std::optional<base::Date> date;
    std::optional<base::TimeOfDay> time;
    bool either_half = false; ///< an unmarked hour: may be twelve hours later
    bool refused = false;     ///< "at 17:30 we are full"
    std::size_t sentence = 0; ///< which one states it

    /// Whether `start` may be meant. What is not said is not compared.
    bool may_be(base::LocalTime start) const;
    bool same(Moment const& other) const;
};

/// Dates are read as seen on `today`. Opening hours, limits ("before 10:00"), lengths, prices and examples are left
/// out.
std::vector<Moment> moments_in(std::vector<Sentence> const& sentences, base::Date today);

/// Whether the sentence is about hours in general: "abrimos de 10:00 a 14:00".
bool tells_opening_hours(std::string const& sentence);
/// Whether the words refuse something: "ya está ocupado", "no abrimos", "fully booked".
bool refuses(std::string const& words);

} // namespace eval
