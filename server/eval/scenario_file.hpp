// Scenario files: one JSON object a line.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "eval/fixture.hpp"
#include "eval/scenario.hpp"

namespace eval {

/// Every line is read and held against the fixtures. not_found `no_such_file`; invalid `bad_scenarios`, with file, line
/// and field of each fault. Members that nobody knows are no fault: `warnings` names them.
base::Result<std::vector<Scenario>> read_scenarios(std::filesystem::path const& file, Fixtures const& fixtures,
                                                   std::vector<std::string>& warnings);

} // namespace eval
