#include "store/sqlite.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace store {
namespace {

Failure::Kind constraint_kind(int extended, std::string_view what) {
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY) return Failure::Kind::unique;
    return what == "booking_overlap" ? Failure::Kind::overlap : Failure::Kind::constraint;
}

Failure::Kind kind_of(SQLite::Exception const& error, SqliteConnection::Mode mode) {
    switch (error.getErrorCode()) {
    case SQLITE_CONSTRAINT: return constraint_kind(error.getExtendedErrorCode(), error.what());
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Failure::Kind::damaged;
    case SQLITE_READONLY: return mode == SqliteConnection::Mode::read ? Failure::Kind::bug : Failure::Kind::unavailable;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOMEM:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT: return Failure::Kind::unavailable;
    default: return Failure::Kind::bug;
    }
}

/// Runs `call`, turning the library's exception into ours.
template <class Call>
auto translated(SqliteConnection::Mode mode, Call const& call) {
    try {
        return call();
    } catch (SQLite::Exception const& error) {
        throw Failure(kind_of(error, mode), error.what());
    }
}

class SqliteRow final : public Row {
public:
    explicit SqliteRow(SQLite::Statement& statement) : statement_(statement) {}
    bool is_null(int column) const override { return statement_.isColumnNull(column); }
    std::int64_t integer(int column) const override { return value(column).getInt64(); }
    std::string_view text(int column) const override {
        auto const cell = value(column);
        auto const* bytes = cell.getText();
        return {bytes, static_cast<std::size_t>(cell.getBytes())};
    }

private:
    SQLite::Column value(int column) const {
        auto cell = statement_.getColumn(column);
        if (cell.isNull()) throw std::logic_error("null read as a value from column " + std::to_string(column));
        return cell;
    }
    SQLite::Statement& statement_;
};

void bind_one(SQLite::Statement& statement, int index, Parameter const& parameter) {
    auto const& value = parameter.value();
    if (auto const* integer = std::get_if<std::int64_t>(&value))
        statement.bind(index, *integer);
    else if (auto const* text = std::get_if<std::string>(&value))
        statement.bind(index, *text);
    else
        statement.bind(index);
}

void bind(SQLite::Statement& statement, std::initializer_list<Parameter> parameters) {
    // SQLite would take a missing one for null.
    if (statement.getBindParameterCount() != static_cast<int>(parameters.size())) {
        throw Failure(Failure::Kind::bug, "wrong number of parameters for: " + statement.getQuery());
    }
    auto index = 0;
    for (auto const& parameter : parameters)
        bind_one(statement, ++index, parameter);
}

int open_flags(SqliteConnection::Mode mode) {
    auto const access =
        mode == SqliteConnection::Mode::write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY;
    return access | SQLite::OPEN_NOMUTEX;
}

constexpr auto busy_milliseconds = 5000;
// WAL with FULL: a commit that was answered survives a power cut. secure_delete: what a customer has erased is not left
// behind in free pages.
constexpr auto write_settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
                                "PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864; "
                                "PRAGMA cache_size = -2048;";
constexpr auto read_settings = "PRAGMA cache_size = -2048;";
constexpr auto most_statements = std::size_t{1000};

} // namespace

/// A prepared statement on its way through one execution; goes back to the map whatever happens.
class SqliteConnection::Borrowed {
public:
    Borrowed(SqliteConnection& connection, std::string_view sql)
        : connection_(connection), sql_(sql), statement_(connection.prepared(sql)) {}
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;
    ~Borrowed() {
        statement_->tryReset(); // reset() would throw the statement's own error again
        if (connection_.statements_.size() >= most_statements) connection_.statements_.clear();
        connection_.statements_.insert_or_assign(std::move(sql_), std::move(statement_));
    }
    SQLite::Statement& operator*() { return *statement_; }

private:
    SqliteConnection& connection_;
    std::string sql_;
    std::unique_ptr<SQLite::Statement> statement_;
};

SqliteConnection::SqliteConnection(std::filesystem::path const& file, Mode mode) : mode_(mode) {
    translated(mode_, [&] {
        database_ = std::make_unique<SQLite::Database>(file.string(), open_flags(mode), busy_milliseconds);
        database_->exec(mode == Mode::write ? write_settings : read_settings);
    });
}

SqliteConnection::~SqliteConnection() = default;

std::int64_t SqliteConnection::execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                                       std::function<void(Row const&)> const& each) {
    return translated(mode_, [&] {
        auto borrowed = Borrowed(*this, sql);
        auto& statement = *borrowed;
        bind(statement, parameters);
        auto const row = SqliteRow(statement);
        while (statement.executeStep()) {
            if (each) each(row);
        }
        return std::int64_t{statement.getChanges()};
    });
}

std::unique_ptr<SQLite::Statement> SqliteConnection::prepared(std::string_view sql) {
    auto const found = statements_.find(sql);
    if (found == statements_.end()) return std::make_unique<SQLite::Statement>(*database_, std::string(sql));
    auto statement = std::move(found->second);
    statements_.erase(found);
    statement->clearBindings();
    return statement;
}

void SqliteConnection::script(std::string const& sql) {
    translated(mode_, [&] { database_->exec(sql); });
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(database_->getHandle()) == 0; }

void SqliteConnection::roll_back() noexcept {
    if (in_transaction()) database_->tryExec("ROLLBACK");
}

base::Result<void> check_pages(SqliteConnection& connection) {
    auto verdict = std::string();
    connection.execute("PRAGMA quick_check(1)", {}, [&](Row const& row) { verdict = row.string(0); });
    if (verdict == "ok") return {};
    return base::fail(base::Fault::broken, "database_damaged",
                      "the database file is damaged (" + verdict + "): restore the newest backup");
}

} // namespace store
