// The rows the tests of this room stand on: one business "b1" with the chairs "anna" and "berta".
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "store/testing.hpp"

namespace store {

/// A test that runs on each engine.
class OnEachEngine : public testing::TestWithParam<Engine> {};
inline auto const each_engine = testing::ValuesIn(engines_under_test());
inline std::string name_of_engine(testing::TestParamInfo<Engine> const& info) { return engine_name(info.param); }

#define APUNTA_ON_EACH_ENGINE(suite) INSTANTIATE_TEST_SUITE_P(, suite, each_engine, name_of_engine)

inline std::string code_of(base::Result<void> const& result) { return result ? "ok" : result.error().code; }
template <class T>
std::string code_of(base::Result<T> const& result) {
    return result ? "ok" : result.error().code;
}

/// A write of statements whose outcome is all that matters.
template <class Statements>
base::Result<void> write(Database& database, Statements const& statements) {
    return database.write([&](Tx& tx) -> base::Result<void> {
        statements(tx);
        return {};
    });
}

template <class Query>
auto read(Database& database, Query const& query) -> std::invoke_result_t<Query, Tx&> {
    using Answer = std::invoke_result_t<Query, Tx&>;
    auto answer = database.read([&](Tx& tx) -> base::Result<Answer> { return query(tx); });
    if (!answer) throw std::runtime_error(answer.error().code + ": " + answer.error().message);
    return *std::move(answer);
}

/// What a query answers in its first row's first column.
inline std::int64_t number(Database& database, std::string_view sql) {
    return read(database,
                [&](Tx& tx) { return tx.one(sql, {}, [](Row const& row) { return row.integer(0); }).value(); });
}

void add_business(Tx& tx, std::string_view id);
struct Slot {
    std::string id;
    std::string staff;
    std::int64_t from; ///< milliseconds
    std::int64_t to;
    std::string status = "confirmed";
};
void add_booking(Tx& tx, Slot const& slot);
/// Pairs of active bookings of one chair that overlap.
std::int64_t overlaps(Database& database);

} // namespace store
