// A suite of scenarios, played and judged.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "eval/answering.hpp"
#include "eval/fixture.hpp"
#include "eval/report.hpp"
#include "eval/scenario.hpp"

namespace eval {

struct Suite {
    std::string name;
    Fixtures fixtures;
    std::vector<Scenario> scenarios;
    std::vector<std::string> warnings; ///< members of the files that nobody knows
};

/// `businesses` empty: businesses.json beside the scenarios. Errors as those of read_fixtures() and read_scenarios().
base::Result<Suite> read_suite(std::filesystem::path const& scenarios, std::filesystem::path const& businesses);

/// Called after each scenario.
using Progress = std::function<void(std::size_t done, std::size_t all, Played const& last)>;

/// Each trial in a house of its own, in memory where the system has a folder for that (/dev/shm), else below TMPDIR.
base::Result<std::vector<Played>> play(Suite const& suite, Answerer const& answerer, int trials,
                                       Progress const& progress);

} // namespace eval
