// The folder of a server: one server per folder, whoever starts it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace house {

/// Holds the folder's lock as long as it lives; the kernel lets go when the process dies, however it dies.
class DataFolder {
public:
    /// Makes the folder (0700) when missing. unavailable `folder_not_writable`; conflict `already_running` whose
    /// message names the pid and, when known, the address.
    static base::Result<DataFolder> open(std::filesystem::path const& path);
    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&&) = delete;
    ~DataFolder();

    std::filesystem::path const& path() const { return path_; }
    /// Writes server.json {pid, url}, for `bin/run` and people. unavailable `folder_not_writable`.
    base::Result<void> announce(std::string const& url) const;

private:
    DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
    std::filesystem::path path_;
    int lock_;
};

/// The address in a folder's server.json, when a server runs there.
std::optional<std::string> running_at(std::filesystem::path const& folder);

} // namespace house
