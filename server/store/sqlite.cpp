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

/// Straight to SQLite's own functions: SQLiteCpp's columns count references with every cell, and a list has thousands.
class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        expect_value(column);
        return sqlite3_column_int64(statement_, column);
    }
    std::string_view text(int column) const override {
        expect_value(column);
        auto const* bytes = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    void expect_value(int column) const {
        if (is_null(column)) throw std::logic_error("null read as a value from column " + std::to_string(column));
    }
    sqlite3_stmt* statement_;
};

/// SQLite looks at the text where it lies: the parameters live until the statement has been stepped to its end.
int bind_one(sqlite3_stmt* statement, int index, Parameter const& parameter) {
    auto const value = parameter.value();
    if (auto const* integer = std::get_if<std::int64_t>(&value)) return sqlite3_bind_int64(statement, index, *integer);
    if (auto const* text = std::get_if<std::string_view>(&value)) {
        auto const* bytes = text->data() == nullptr ? "" : text->data(); // a null pointer would be bound as null
        return sqlite3_bind_text(statement, index, bytes, static_cast<int>(text->size()), SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, index);
}

void expect(int wanted, int result, sqlite3_stmt* statement) {
    if (result != wanted) throw SQLite::Exception(sqlite3_db_handle(statement), result);
}

void bind(sqlite3_stmt* statement, std::initializer_list<Parameter> parameters) {
    // SQLite would take a missing one for null.
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(parameters.size())) {
        throw Failure(Failure::Kind::bug, std::string("wrong number of parameters for: ") + sqlite3_sql(statement));
    }
    auto index = 0;
    for (auto const& parameter : parameters)
        expect(SQLITE_OK, bind_one(statement, ++index, parameter), statement);
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
                                "PRAGMA cache_size = -8192;";
constexpr auto read_settings = "PRAGMA cache_size = -2048;";
constexpr auto most_statements = std::size_t{1000};

} // namespace

void SqliteConnection::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

/// A prepared statement on its way through one execution; goes back to its place whatever happens.
class SqliteConnection::Borrowed {
public:
    Borrowed(SqliteConnection& connection, std::string_view sql)
        : place_(connection.place_of(sql)), statement_(std::exchange(place_, nullptr)) {
        if (!statement_) statement_ = connection.prepare(sql);
    }
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;
    ~Borrowed() {
        sqlite3_reset(statement_.get()); // its result is the statement's own error, which was thrown already
        if (!place_) place_ = std::move(statement_);
    }
    sqlite3_stmt* get() const { return statement_.get(); }

private:
    Statement& place_;
    Statement statement_;
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
        auto const borrowed = Borrowed(*this, sql);
        auto* const statement = borrowed.get();
        bind(statement, parameters);
        auto const row = SqliteRow(statement);
        auto result = sqlite3_step(statement);
        for (; result == SQLITE_ROW; result = sqlite3_step(statement)) {
            if (each) each(row);
        }
        expect(SQLITE_DONE, result, statement);
        return std::int64_t{sqlite3_changes(database_->getHandle())};
    });
}

SqliteConnection::Statement SqliteConnection::prepare(std::string_view sql) {
    auto* const handle = database_->getHandle();
    sqlite3_stmt* statement = nullptr;
    auto const length = static_cast<int>(sql.size());
    auto const result = sqlite3_prepare_v3(handle, sql.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) throw SQLite::Exception(handle, result);
    return Statement(statement);
}

SqliteConnection::Statement& SqliteConnection::place_of(std::string_view sql) {
    auto const found = statements_.find(sql);
    if (found != statements_.end()) return found->second;
    if (statements_.size() >= most_statements) {
        throw Failure(Failure::Kind::bug, "too many different statements: their text has to be constant");
    }
    return statements_.try_emplace(std::string(sql)).first->second;
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
    connection.script("PRAGMA shrink_memory"); // the whole file has gone through its cache
    if (verdict == "ok") return {};
    return base::fail(base::Fault::broken, "database_damaged",
                      "the database file is damaged (" + verdict + "): restore the newest backup");
}

} // namespace store
