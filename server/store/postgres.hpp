// The PostgreSQL half: a connection with its prepared statements, and a transaction on it. Inside this room only.
#pragma once

#include <memory>
#include <string>

#include "store/postgres_watch.hpp"
#include "store/transaction.hpp"

namespace store {

/// For one thread at a time. Everything throws Failure.
class PostgresConnection {
public:
    enum class Mode { write, read, glance };
    /// `watch` outlives it. Without one a server that goes silent is waited for, as a long migration must be.
    explicit PostgresConnection(std::string const& address, PostgresWatch* watch = nullptr);
    ~PostgresConnection();

    /// write: READ COMMITTED. read: one snapshot for all statements. glance: no transaction, so nothing to commit.
    void begin(Mode mode);
    void commit();
    /// False when the connection is of no further use.
    bool roll_back() noexcept;
    /// False once the server is known to be gone; such an object never recovers.
    bool is_alive() const noexcept;
    /// True when it was given up because the server said nothing for too long.
    bool went_silent() const noexcept;

    /// Runs one statement; answers how many rows it changed.
    std::int64_t execute(std::string_view sql, std::initializer_list<Parameter> parameters = {},
                         std::function<void(Row const&)> const& each = {});
    /// Statements without parameters and without answer.
    void script(std::string const& sql);

private:
    struct Session;
    std::string const& prepared(std::string_view sql);

    std::unique_ptr<Session> session_;
    Mode mode_ = Mode::write;
};

class PostgresTx final : public OpenTx {
public:
    explicit PostgresTx(PostgresConnection& connection) : connection_(connection) {}
    Engine engine() const override { return Engine::postgres; }
    void script(std::string const& sql) override { connection_.script(sql); }

protected:
    std::int64_t execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                         std::function<void(Row const&)> const& each) override {
        return connection_.execute(sql, parameters, each);
    }

private:
    PostgresConnection& connection_;
};

/// The address with time limits of the network added, for those it does not name itself.
std::string with_time_limits(std::string const& address);

/// Brings the schema up to date, or only checks it, as `options` say.
base::Result<void> prepare_postgres(OpenOptions const& options, base::Instant now);
base::Result<std::unique_ptr<Database>> open_postgres(OpenOptions const& options, base::Clock const& system_clock);

} // namespace store
