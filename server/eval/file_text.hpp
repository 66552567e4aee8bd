// Files of this room as JSON, with complaints that say where.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/reader.hpp"
#include "base/result.hpp"

namespace eval {

namespace as = api::http::as;
using api::http::Field;
using api::http::Reader;

/// not_found `no_such_file`.
base::Result<std::string> read_file(std::filesystem::path const& file);

/// What a reader found wrong, as "`place`: field message" lines; members nobody asked for go to `warnings`. Empty: all
/// is well.
std::vector<std::string> complaints(Reader& in, std::string_view place, std::vector<std::string>& warnings);

/// `2026-10-21T10:15`
std::function<std::optional<base::LocalTime>(Field const&)> local_time();
/// A text, or a list of texts of which one is meant.
std::function<std::optional<std::vector<std::string>>(Field const&)> one_or_more();
/// Any text, also an empty one.
as::TextKind any_text();

} // namespace eval
