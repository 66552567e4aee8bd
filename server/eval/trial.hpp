// One customer talks to one assistant, from the first message to the end, and the judge has a look at it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "eval/answering.hpp"
#include "eval/fixture.hpp"
#include "eval/scenario.hpp"

namespace eval {

struct Line {
    std::string who; ///< customer, assistant, owner_phone, system (what else happened)
    std::string text;
    std::string at; ///< wall-clock time with seconds
    bool operator==(Line const&) const = default;
};

struct Trial {
    bool passed = false;
    std::vector<std::string> reasons;
    std::vector<std::string>
        notes; ///< what helps to understand a failure: untrue claims, taken starts that were offered
    int false_confirmations = 0;
    int taken_offered = 0; ///< starts that were offered and are free for no service
    int turns = 0;         ///< of the customer: a burst is one
    Usage usage;
    std::vector<double> latency_ms; ///< of each turn's answer, by the machine's clock
    std::vector<Line> transcript;
};

/// `folder` must not exist; it is removed at the end. Fails only when the place cannot be built or a database is away.
base::Result<Trial> run_trial(Fixture const& fixture, Scenario const& scenario, Answerer const& answerer,
                              std::filesystem::path const& folder);

} // namespace eval
