#include "system/sql.hpp"

#include <sstream>
#include <stdexcept>

#include "system/process.hpp"

namespace system_test {
namespace {

constexpr auto between_cells = '\x1f';

Rows parsed(std::string const& output) {
    auto rows = Rows();
    auto lines = std::istringstream(output);
    for (auto line = std::string(); std::getline(lines, line);) {
        auto cells = std::istringstream(line);
        rows.emplace_back();
        for (auto cell = std::string(); std::getline(cells, cell, between_cells);) {
            rows.back().push_back(cell);
        }
    }
    return rows;
}

} // namespace

Rows Sql::rows(std::string const& statement) const {
    auto const finished = run(command(statement));
    if (finished.code != 0) throw std::runtime_error(statement + "\n" + finished.errors);
    return parsed(finished.output);
}

std::int64_t Sql::number(std::string const& statement) const { return std::stoll(rows(statement).at(0).at(0)); }

bool Sql::attempt(std::string const& statement) const { return run(command(statement)).code == 0; }

std::vector<std::string> Sql::command(std::string const& statement) const {
    auto const separator = std::string(1, between_cells);
    if (!postgres_.empty()) {
        return {"psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-F", separator, "-d", postgres_, "-c", statement};
    }
    return {"sqlite3", "-batch", "-bail",          "-noheader",    "-separator",
            separator, "-cmd",   ".timeout 20000", file_.string(), statement};
}

} // namespace system_test
