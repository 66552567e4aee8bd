// Holds what happened against what was expected. The end state is the database's; the words are those of the phone.
#pragma once

#include <string>
#include <vector>

#include "eval/answering.hpp"
#include "eval/claims.hpp"
#include "eval/scenario.hpp"
#include "eval/stage.hpp"

namespace eval {

/// What the judge is shown of a trial.
struct Evidence {
    std::vector<StagedBooking> before; ///< as given
    std::vector<StagedBooking> after;
    std::vector<std::string> replies; ///< all messages that the phone received
    std::size_t first_replies = 0;    ///< before the customer's second turn
    std::size_t replies_after_hand_over = 0;
    bool escalated = false;
    int false_confirmations = 0;
    int model_calls = 0;
};

/// Why the trial failed, in sentences that begin with the field of `expect`; empty: it passed.
std::vector<std::string> judge(Scenario const& scenario, Fixture const& fixture, Evidence const& evidence);

/// The claims of a reply that the database does not bear out. `before`: as it was when the customer wrote.
std::vector<std::string> false_claims(std::vector<Claim> const& claims, std::vector<StagedBooking> const& before,
                                      std::vector<StagedBooking> const& after);

} // namespace eval
