// Where a server of a test lives: a folder of its own and, for PostgreSQL, a database of its own. Both go with the
// object.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "system/process.hpp"
#include "system/sql.hpp"

namespace system_test {

enum class Engine { sqlite, postgres };

/// Both, or with APUNTA_SKIP_POSTGRES=1 SQLite alone.
std::vector<Engine> engines();
std::string name_of(Engine engine);

class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(TempFolder const&) = delete;
    TempFolder& operator=(TempFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class Place {
public:
    explicit Place(Engine engine);
    /// On the PostgreSQL server of this address.
    explicit Place(std::string const& server);
    ~Place();
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;

    /// The data folder of the first node. A second node has another folder and the same database.
    std::filesystem::path folder() const { return root_.path() / "data"; }
    std::filesystem::path second_folder() const { return root_.path() / "data2"; }
    /// A file name beside the data.
    std::filesystem::path beside(std::string const& name) const { return root_.path() / name; }
    Environment environment() const;
    Sql sql() const { return Sql(folder() / "apunta.db", database_url_); }

private:
    void make_database();

    TempFolder root_;
    std::string server_;
    std::string database_name_;
    std::string database_url_;
};

std::string text_of(std::filesystem::path const& file);
void write(std::filesystem::path const& file, std::string const& text);

} // namespace system_test
