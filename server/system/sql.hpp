// The database read with the engines' own command line programs, so that what the server says is checked by somebody
// else.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace system_test {

using Rows = std::vector<std::vector<std::string>>;

class Sql {
public:
    /// `postgres`: the URL of a database; empty: the SQLite `file`.
    Sql(std::filesystem::path file, std::string postgres) : file_(std::move(file)), postgres_(std::move(postgres)) {}

    /// Throws std::runtime_error with the program's words when the statement is refused.
    Rows rows(std::string const& statement) const;
    std::int64_t number(std::string const& statement) const;
    /// False when it is refused.
    bool attempt(std::string const& statement) const;

private:
    std::vector<std::string> command(std::string const& statement) const;

    std::filesystem::path file_;
    std::string postgres_;
};

} // namespace system_test
