// Files that are there after a power cut once a function has answered. Inside this room only.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace store {

/// The name under which a file is written before it is complete, next to where it will be.
std::filesystem::path unfinished_name(std::filesystem::path const& file);

/// Removes what an earlier attempt left behind. If it cannot, writing the file anew tells.
void remove_leftover(std::filesystem::path const& file);

/// refused `file_exists` when something is there already.
base::Result<void> refuse_existing(std::filesystem::path const& file);

/// Flushes `from` to disk, gives it the name `to` (same folder) with mode 0600, and flushes the folder. refused
/// `file_exists`, unavailable `file` on I/O errors.
base::Result<void> finish_file(std::filesystem::path const& from, std::filesystem::path const& to);

} // namespace store
