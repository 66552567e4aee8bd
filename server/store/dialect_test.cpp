#include "store/dialect.hpp"

#include <gtest/gtest.h>

namespace store {
namespace {

TEST(DialectTest, parameters_are_numbered_for_postgres_outside_quotes_and_comments) {
    auto const check = [](char const* sql, char const* expected) { EXPECT_EQ(numbered_for_postgres(sql), expected); };
    check("SELECT ?1, ?12 FROM t", "SELECT $1, $12 FROM t");
    check("SELECT '?1', \"a?2\", ?3", "SELECT '?1', \"a?2\", $3");
    check("SELECT 'it''s ?1' || ?2", "SELECT 'it''s ?1' || $2");
    check("SELECT 1 -- ?1\n, ?2", "SELECT 1 -- ?1\n, $2");
    check("SELECT ?", "SELECT ?");
    check("SELECT 'open ?1", "SELECT 'open ?1");
    check("", "");
}

TEST(DialectTest, a_migration_takes_the_types_of_its_engine) {
    auto const* const text =
        "CREATE TABLE t (a INTEGER NOT NULL, b TEXT DEFAULT 'INTEGER', TEXTS TEXT) STRICT; -- TEXT\n";
    EXPECT_EQ(for_engine(text, Engine::sqlite),
              "CREATE TABLE t (a INTEGER NOT NULL, b TEXT DEFAULT 'INTEGER', TEXTS TEXT) STRICT; \n");
    EXPECT_EQ(for_engine(text, Engine::postgres), "CREATE TABLE t (a BIGINT NOT NULL, b TEXT COLLATE \"C\" DEFAULT "
                                                  "'INTEGER', TEXTS TEXT COLLATE \"C\") ; \n");
}

TEST(DialectTest, parts_of_the_other_engine_are_left_out) {
    auto const* const text = "a\n-- sqlite:\nb\n-- end\nc\n  -- postgres:\nd\n-- end\ne";
    EXPECT_EQ(for_engine(text, Engine::sqlite), "a\n\nb\n\nc\ne");
    EXPECT_EQ(for_engine(text, Engine::postgres), "a\nc\n  \nd\n\ne");
}

} // namespace
} // namespace store
