#include "store/postgres.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <pqxx/pqxx>
#include <vector>

#include "store/dialect.hpp"

namespace store {

struct PostgresConnection::Session {
    Session(std::string const& address, PostgresWatch* watch) : connection(address), statements(connection) {
        if (watch != nullptr) watched.emplace(*watch, connection.sock());
    }
    PostgresWatch::Watched* under_watch() { return watched ? &*watched : nullptr; }

    pqxx::connection connection;
    std::optional<PostgresWatch::Watched> watched; ///< goes before the connection closes its socket
    pqxx::nontransaction statements; ///< we say BEGIN and COMMIT ourselves, to know which of them was under way
    std::map<std::string, std::string, std::less<>> names;
};

namespace {

Failure::Kind kind_of(std::string_view state, PostgresConnection::Mode mode) {
    if (state == "23P01") return Failure::Kind::overlap;
    if (state == "23505") return Failure::Kind::unique;
    if (state.starts_with("23")) return Failure::Kind::constraint;
    if (state == "40001" || state == "40P01") return Failure::Kind::retry;
    if (state == "XX001" || state == "XX002") return Failure::Kind::damaged;
    if (state == "25006" && mode == PostgresConnection::Mode::read) return Failure::Kind::bug;
    // 25006: a standby now. 55: a lock not to be had in time. 53, 57, 58, 08: resources, shutdown, disk, network.
    for (auto const group : {"25006", "55", "53", "57", "58", "08"}) {
        if (state.starts_with(group)) return Failure::Kind::unavailable;
    }
    return Failure::Kind::bug;
}

/// Without the lines DETAIL and CONTEXT: they show values of rows, which belong in no log.
std::string first_line(std::string_view message) { return std::string(message.substr(0, message.find('\n'))); }

/// Runs `call`, turning the library's exceptions into ours. `session` is null while it is being opened.
template <class Session, class Call>
auto translated(PostgresConnection::Mode mode, Session const& session, Call const& call) {
    try {
        return call();
    } catch (pqxx::sql_error const& error) {
        throw Failure(kind_of(error.sqlstate(), mode), first_line(error.what()));
    } catch (pqxx::transaction_rollback const& error) {
        throw Failure(Failure::Kind::retry, first_line(error.what()));
    } catch (pqxx::broken_connection const& error) {
        // Also said of a connection that lives, when the server calls a message wrong: too few or too many parameters.
        auto const lives = session != nullptr && session->connection.is_open();
        throw Failure(lives ? Failure::Kind::bug : Failure::Kind::unavailable, first_line(error.what()));
    } catch (pqxx::failure const& error) {
        throw Failure(Failure::Kind::unavailable, first_line(error.what()));
    }
}

class PostgresRow final : public Row {
public:
    explicit PostgresRow(pqxx::row const& row) : row_(row) {}
    bool is_null(int column) const override { return row_.at(column).is_null(); }
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override {
        auto const cell = row_.at(column);
        if (cell.is_null()) throw std::logic_error("null read as a value from column " + std::to_string(column));
        return {cell.c_str(), cell.size()};
    }

private:
    pqxx::row row_;
};

std::int64_t PostgresRow::integer(int column) const {
    auto const digits = text(column);
    if (digits == "t" || digits == "f") return digits == "t" ? 1 : 0;
    auto value = std::int64_t{};
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        throw std::logic_error("not an integer in column " + std::to_string(column));
    }
    return value;
}

std::optional<std::string> as_text(Parameter const& parameter) {
    auto const value = parameter.value();
    if (auto const* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (auto const* text = std::get_if<std::string_view>(&value)) return std::string(*text);
    return std::nullopt;
}

void forbid_silent_reconnecting(pqxx::connection& connection) {
    // libpqxx would open a new session in the middle of our transaction and run its second half alone. Deprecated
    // because libpqxx 7 no longer does so.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

// A statement that hangs would hold its locks, and those who wait for them hold the pool.
constexpr auto session_settings =
    "SET client_encoding = 'UTF8'; SET statement_timeout = '5s'; SET lock_timeout = '5s'; "
    "SET idle_in_transaction_session_timeout = '10s'; SET client_min_messages = warning;";
constexpr auto most_statements = std::size_t{1000};

} // namespace

std::string with_time_limits(std::string const& address) {
    auto result = address;
    for (auto const* limit : {"connect_timeout=5", "tcp_user_timeout=10000", "application_name=apunta"}) {
        auto const name = std::string_view(limit).substr(0, std::string_view(limit).find('=') + 1);
        if (result.find(name) != std::string::npos) continue;
        result += result.find('?') == std::string::npos ? '?' : '&';
        result += limit;
    }
    return result;
}

PostgresConnection::PostgresConnection(std::string const& address, PostgresWatch* watch) {
    translated(mode_, session_, [&] {
        session_ = std::make_unique<Session>(with_time_limits(address), watch);
        auto const question = PostgresWatch::Question(session_->under_watch());
        forbid_silent_reconnecting(session_->connection);
        session_->statements.exec(session_settings);
    });
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::begin(Mode mode) {
    mode_ = mode;
    switch (mode) {
    case Mode::write: return script("BEGIN");
    case Mode::read: return script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    case Mode::glance: return;
    }
}

void PostgresConnection::commit() {
    if (mode_ != Mode::glance) script("COMMIT");
}

bool PostgresConnection::roll_back() noexcept {
    if (mode_ == Mode::glance) return is_alive();
    try {
        script("ROLLBACK");
        return true;
    } catch (...) {
        return false;
    }
}

bool PostgresConnection::is_alive() const noexcept { return session_->connection.is_open(); }

bool PostgresConnection::went_silent() const noexcept { return session_->watched && session_->watched->is_cut(); }

std::int64_t PostgresConnection::execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                                         std::function<void(Row const&)> const& each) {
    auto const rows = translated(mode_, session_, [&] {
        auto const question = PostgresWatch::Question(session_->under_watch());
        auto values = std::vector<std::optional<std::string>>();
        for (auto const& parameter : parameters)
            values.push_back(as_text(parameter));
        return session_->statements.exec_prepared(prepared(sql), pqxx::prepare::make_dynamic_params(values));
    });
    if (each) {
        for (auto const& row : rows)
            each(PostgresRow(row));
    }
    return static_cast<std::int64_t>(rows.affected_rows());
}

std::string const& PostgresConnection::prepared(std::string_view sql) {
    auto const found = session_->names.find(sql);
    if (found != session_->names.end()) return found->second;
    if (session_->names.size() >= most_statements) {
        throw Failure(Failure::Kind::bug, "too many different statements: their text has to be constant");
    }
    auto const name = "s" + std::to_string(session_->names.size());
    session_->connection.prepare(name, numbered_for_postgres(sql));
    return session_->names.emplace(sql, name).first->second;
}

void PostgresConnection::script(std::string const& sql) {
    translated(mode_, session_, [&] {
        auto const question = PostgresWatch::Question(session_->under_watch());
        session_->statements.exec(sql);
    });
}

} // namespace store
