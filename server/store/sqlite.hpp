// The SQLite half: a connection with its prepared statements, and a transaction on it. Inside this room only.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/transaction.hpp"

namespace SQLite {
class Database;
} // namespace SQLite
struct sqlite3_stmt;

namespace store {

/// For one thread at a time. Everything throws Failure.
class SqliteConnection {
public:
    enum class Mode { write, read };
    SqliteConnection(std::filesystem::path const& file, Mode mode);
    ~SqliteConnection();

    /// Steps one statement to its end; answers how many rows it changed.
    std::int64_t execute(std::string_view sql, std::initializer_list<Parameter> parameters = {},
                         std::function<void(Row const&)> const& each = {});
    void script(std::string const& sql);
    /// False after a failure that took the whole transaction with it (disk full, RAISE(ROLLBACK)).
    bool in_transaction() const;
    /// Ends the transaction if there still is one. Never throws: a failed ROLLBACK has nothing left to undo.
    void roll_back() noexcept;

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    class Borrowed;
    Statement prepare(std::string_view sql);
    /// Where the statement of this text waits between its executions.
    Statement& place_of(std::string_view sql);

    Mode mode_;
    std::unique_ptr<SQLite::Database> database_;
    /// By text. A place is empty while its statement runs, so that one inside its own rows gets a second one.
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

class SqliteTx final : public OpenTx {
public:
    explicit SqliteTx(SqliteConnection& connection) : connection_(connection) {}
    Engine engine() const override { return Engine::sqlite; }
    void script(std::string const& sql) override { connection_.script(sql); }

protected:
    std::int64_t execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                         std::function<void(Row const&)> const& each) override {
        return connection_.execute(sql, parameters, each);
    }

private:
    SqliteConnection& connection_;
};

/// The database `apunta.db` of a folder.
std::filesystem::path sqlite_file(std::filesystem::path const& folder);
/// Opens it for writing, made if it is not there, checked and migrated as `options` say.
base::Result<std::unique_ptr<SqliteConnection>> open_sqlite_file(std::filesystem::path const& file,
                                                                 OpenOptions const& options, base::Instant now);
/// A consistent copy, in place of what `to` held; not yet flushed to disk.
void copy_sqlite(std::filesystem::path const& from, std::filesystem::path const& to);
base::Result<std::unique_ptr<Database>> open_sqlite(OpenOptions const& options, base::Clock const& system_clock);

/// broken `database_damaged` unless SQLite finds every page in order.
base::Result<void> check_pages(SqliteConnection& connection);

} // namespace store
