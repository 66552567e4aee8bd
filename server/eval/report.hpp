// The results as files and as a table.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "eval/scores.hpp"

namespace eval {

struct Report {
    std::string assistant;
    std::string provider; ///< empty: none
    std::string suite;    ///< the name of the scenarios' file
    std::vector<Played> played;
    Scores scores;
};

/// For a terminal: a line for each category and country, then the figures of the whole.
std::string table_of(Report const& report);
std::string json_of(Report const& report);
/// For people: the table, the failures with their transcripts, then what passed.
std::string markdown_of(Report const& report);

/// report.json and report.md in `folder`, which is made when missing; each appears whole or not at all. unavailable
/// `folder_not_writable`.
base::Result<void> write_report(Report const& report, std::filesystem::path const& folder);
/// Before any work is done: whether write_report() would be able to.
base::Result<void> prepare_folder(std::filesystem::path const& folder);

} // namespace eval
