// What the transactions of both engines share. Inside this room only.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/database.hpp"

namespace store {

class Measures;

/// Runs in a transaction; answers false to have its writes undone.
using Body = std::function<bool(Tx&)>;

/// What follows a commit.
struct Done {
    std::vector<Change> changes;
    std::vector<std::function<void()>> actions;
    std::vector<Tally> tallies;
};

using ChangeListener = std::function<void(base::BusinessId const&)>;

/// Runs the actions in order, counts, then tells the listener, if any, once per business.
void follow_up(Done const& done, Measures const& measures, ChangeListener const& listener);

class OpenTx : public Tx {
public:
    /// Holds the body to one SELECT from now on.
    void allow_one_select() { selects_left_ = 1; }
    void each(std::string_view sql, std::initializer_list<Parameter> parameters,
              std::function<void(Row const&)> const& each) final;
    std::int64_t run(std::string_view sql, std::initializer_list<Parameter> parameters) final;
    /// Several statements without parameters, separated by semicolons.
    virtual void script(std::string const& sql) = 0;

    /// The end of a body that went well: appends the noted changes. Throws the failure the body swallowed, if it did:
    /// PostgreSQL would commit nothing after it, and both engines must behave alike.
    Done finish(base::Instant now);

protected:
    virtual std::int64_t execute(std::string_view sql, std::initializer_list<Parameter> parameters,
                                 std::function<void(Row const&)> const& each) = 0;

private:
    std::int64_t statement(std::string_view sql, std::initializer_list<Parameter> parameters,
                           std::function<void(Row const&)> const& each);
    void take_select(std::string_view sql);
    std::optional<Failure> failure_;
    std::optional<int> selects_left_; ///< absent: any statements
};

/// Marks this thread as inside a transaction's body. A transaction in there would wait for itself (SQLite's writer
/// thread) or hold two connections of the pool: std::logic_error.
class BodyScope {
public:
    BodyScope();
    ~BodyScope();
    BodyScope(BodyScope const&) = delete;
    BodyScope& operator=(BodyScope const&) = delete;
    static void refuse_nested();
};

base::Error error_of(Failure const& failure);

/// What ping() writes: as much as a booking would, so that the last free page of a disk does not count as space.
base::Result<void> record_ping(Tx& tx);

} // namespace store
