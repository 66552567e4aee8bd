// What a reply states as done: that something is booked, moved or cancelled. Offers, questions, conditions and refusals
// are no claims.
#pragma once

#include <string>
#include <vector>

#include "eval/moments.hpp"
#include "eval/sentences.hpp"

namespace eval {

struct Claim {
    enum class Kind { booked, moved, cancelled };
    Kind kind;
    std::vector<Moment> starts; ///< those of its sentence, else those told with it; may be empty
    std::size_t sentence;
};

/// `asks`: the reply wants an answer, so that "te apunto mañana a las 10" is a plan and not a fact.
std::vector<Claim> claims_in(std::vector<Sentence> const& sentences, std::vector<Moment> const& moments, bool asks);

} // namespace eval
