#include "store/migrate.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <thread>

#include "store/dialect.hpp"
#include "store/postgres.hpp"
#include "store/sqlite.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

/// A bare connection of either engine in an empty place, without any schema.
class Bare {
public:
    explicit Bare(Engine engine) : place_(engine) {
        if (engine == Engine::sqlite) {
            sqlite_.emplace(sqlite_file(place_.options().folder), SqliteConnection::Mode::write);
            tx_ = std::make_unique<SqliteTx>(*sqlite_);
        } else {
            postgres_.emplace(place_.options().postgres);
            tx_ = std::make_unique<PostgresTx>(*postgres_);
            tx_->script("CREATE EXTENSION btree_gist");
        }
    }
    OpenTx& tx() { return *tx_; }

private:
    TestPlace place_;
    std::optional<SqliteConnection> sqlite_;
    std::optional<PostgresConnection> postgres_;
    std::unique_ptr<OpenTx> tx_;
};

std::vector<std::string> lines(OpenTx& tx, std::string_view sql) {
    return tx.all(sql, {}, [](Row const& row) { return row.string(0); });
}

/// CHECK (…) is told by no pragma, only by the text.
std::vector<std::string> checks_in(std::string sql) {
    std::erase_if(sql, [](char c) { return c == ' ' || c == '\n'; });
    auto found = std::vector<std::string>();
    for (auto at = sql.find("CHECK("); at != std::string::npos; at = sql.find("CHECK(", at + 1)) {
        auto depth = 0;
        auto end = at + 5;
        do {
            depth += sql[end] == '(' ? 1 : sql[end] == ')' ? -1 : 0;
        } while (++end < sql.size() && depth > 0);
        found.push_back(sql.substr(at, end - at));
    }
    return found;
}

std::string without_space(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

std::vector<std::string> schema_of_sqlite(OpenTx& tx) {
    auto all = lines(tx, "SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
                         "coalesce(c.dflt_value, 'no default') || ' ' || c.pk || ' strict ' || l.strict "
                         "FROM sqlite_schema m, pragma_table_xinfo(m.name) c, pragma_table_list(m.name) l "
                         "WHERE m.type = 'table'");
    auto const add = [&](std::vector<std::string> const& more) { all.insert(all.end(), more.begin(), more.end()); };
    add(lines(tx,
              "SELECT m.name || ' refers by ' || f.\"from\" || ' to ' || f.\"table\" || ' ' || "
              "coalesce(f.\"to\", '') || ' ' || f.on_delete FROM sqlite_schema m, pragma_foreign_key_list(m.name) f "
              "WHERE m.type = 'table'"));
    add(lines(tx, "SELECT m.name || ' index ' || i.\"unique\" || i.origin || ' ' || x.seqno || ' ' || coalesce(x.name, "
                  "'expression') "
                  "FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) x "
                  "WHERE m.type = 'table' AND x.key = 1"));
    for (auto const& sql : lines(tx, "SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL")) {
        all.push_back(without_space(sql));
    }
    for (auto const& sql : lines(tx, "SELECT sql FROM sqlite_schema WHERE type = 'table'"))
        add(checks_in(sql));
    return all;
}

std::vector<std::string> schema_of_postgres(OpenTx& tx) {
    auto all = lines(tx, "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, "
                         "collation_name) FROM information_schema.columns WHERE table_schema = 'public'");
    auto const add = [&](std::vector<std::string> const& more) { all.insert(all.end(), more.begin(), more.end()); };
    add(lines(tx, "SELECT concat_ws(' ', conrelid::regclass::text, conname, pg_get_constraintdef(oid)) "
                  "FROM pg_constraint WHERE connamespace = 'public'::regnamespace"));
    add(lines(tx, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"));
    add(lines(tx, "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"));
    return all;
}

std::vector<std::string> schema(OpenTx& tx) {
    auto all = tx.engine() == Engine::sqlite ? schema_of_sqlite(tx) : schema_of_postgres(tx);
    std::erase_if(all, [](std::string const& line) { return line.find("schema_migration") != std::string::npos; });
    std::ranges::sort(all);
    return all;
}

std::string newest_schema() {
    auto file = std::ifstream(APUNTA_NEWEST_SCHEMA);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class MigrateTest : public OnEachEngine {};

TEST_P(MigrateTest, replaying_all_migrations_gives_the_newest_schema) {
    auto replayed = Bare(GetParam());
    ASSERT_EQ(code_of(migrate(replayed.tx(), migrations(), base::Instant())), "ok");
    auto newest = Bare(GetParam());
    newest.tx().script(for_engine(newest_schema(), GetParam()));
    EXPECT_GT(schema(newest.tx()).size(), 300U);
    EXPECT_THAT(schema(replayed.tx()), testing::ContainerEq(schema(newest.tx())));
}

TEST_P(MigrateTest, each_migration_is_recorded_and_applied_once) {
    constexpr auto more = std::array{Migration{1, "one", "CREATE TABLE one (a INTEGER NOT NULL) STRICT;"},
                                     Migration{2, "two", "ALTER TABLE one ADD COLUMN b INTEGER NOT NULL DEFAULT 7;"}};
    auto bare = Bare(GetParam());
    ASSERT_EQ(code_of(migrate(bare.tx(), std::span(more).first(1), base::Instant())), "ok");
    bare.tx().run("INSERT INTO one (a) VALUES (1)", {});
    EXPECT_EQ(code_of(check_migrated(bare.tx(), more)), "migration_needed");
    ASSERT_EQ(code_of(migrate(bare.tx(), more, base::Instant())), "ok");
    ASSERT_EQ(code_of(migrate(bare.tx(), more, base::Instant())), "ok");
    EXPECT_EQ(code_of(check_migrated(bare.tx(), more)), "ok");
    EXPECT_EQ(schema_version(bare.tx()), 2);
    EXPECT_THAT(lines(bare.tx(), "SELECT name FROM schema_migration ORDER BY version"),
                testing::ElementsAre("one", "two"));
    EXPECT_THAT(lines(bare.tx(), "SELECT b FROM one"), testing::ElementsAre("7"));
}

TEST_P(MigrateTest, the_second_folds_the_bookings_there_are) {
    auto bare = Bare(GetParam());
    ASSERT_EQ(code_of(migrate(bare.tx(), migrations().first(1), base::Instant())), "ok");
    bare.tx().script("BEGIN");
    add_business(bare.tx(), "b1");
    for (auto i = 0; i < 1201; ++i) {
        bare.tx().run("INSERT INTO booking (business_id, id, service_id, staff_id, customer_id, customer_name, "
                      "starts_at, ends_at, occupied_from, occupied_to, local_start, timezone, status, origin, notes, "
                      "created_at, updated_at) VALUES ('b1', ?1, 'cut', 'anna', 'carla', 'Íñigo', ?2, ?3, ?2, "
                      "?3, '', '', 'confirmed', 'owner', 'ALERGIA', 0, 0)",
                      {std::to_string(i), i, i + 1});
    }
    ASSERT_EQ(code_of(migrate(bare.tx(), migrations().first(2), base::Instant())), "ok");
    bare.tx().script("COMMIT");
    EXPECT_THAT(lines(bare.tx(), "SELECT DISTINCT customer_name_folded || '/' || notes_folded FROM booking"),
                testing::ElementsAre("inigo/alergia"));
}

TEST_P(MigrateTest, what_the_code_of_a_migration_does_is_undone_with_it) {
    constexpr auto sql = std::string_view("CREATE TABLE one (a INTEGER NOT NULL) STRICT;");
    auto const failing = std::array{Migration{1, "one", sql, [](OpenTx& tx) {
                                                  tx.run("INSERT INTO one (a) VALUES (1)", {});
                                                  tx.run("INSERT INTO one (a) VALUES (NULL)", {});
                                              }}};
    auto bare = Bare(GetParam());
    bare.tx().script("BEGIN");
    EXPECT_THROW((void)migrate(bare.tx(), failing, base::Instant()), Failure);
    // The failure is the transaction's: nothing can be committed after it.
    EXPECT_THROW(bare.tx().finish(base::Instant()), Failure);
}

TEST_P(MigrateTest, a_database_of_a_newer_program_is_refused_and_named) {
    auto place = TestDatabase(GetParam());
    ASSERT_TRUE(write(place.get(), [](Tx& tx) {
        tx.run("INSERT INTO schema_migration (version, name, hash, applied_at) VALUES (999, 'future', '', 0)");
    }));
    auto const opened = Database::open(place.options(), base::SystemClock());
    ASSERT_EQ(code_of(opened), "database_newer");
    EXPECT_EQ(opened.error().fault, base::Fault::refused);
    EXPECT_THAT(opened.error().message, testing::HasSubstr("999"));
}

TEST_P(MigrateTest, a_migration_that_was_changed_after_it_was_applied_is_refused) {
    auto place = TestDatabase(GetParam());
    ASSERT_TRUE(write(place.get(), [](Tx& tx) { tx.run("UPDATE schema_migration SET hash = 'other'"); }));
    EXPECT_EQ(code_of(Database::open(place.options(), base::SystemClock())), "database_foreign");
}

TEST_P(MigrateTest, without_leave_to_migrate_an_empty_database_is_refused) {
    auto const place = TestPlace(GetParam());
    auto options = place.options();
    options.migrate = false;
    EXPECT_EQ(code_of(Database::open(options, base::SystemClock())), "migration_needed");
}

TEST_P(MigrateTest, two_nodes_that_open_an_empty_database_at_once_both_succeed) {
    auto const place = TestPlace(GetParam());
    auto const clock = base::SystemClock();
    auto codes = std::array<std::string, 4>();
    {
        auto threads = std::vector<std::jthread>();
        for (auto& code : codes) {
            threads.emplace_back([&] { code = code_of(Database::open(place.options(), clock)); });
        }
    }
    EXPECT_THAT(codes, testing::Each("ok"));
}

APUNTA_ON_EACH_ENGINE(MigrateTest);

TEST(MigrationHashTest, depends_on_statements_and_not_on_comments_or_white_space) {
    auto const hash = [](std::string_view text) { return migration_hash({1, "x", text}); };
    EXPECT_EQ(hash("CREATE TABLE t (a INTEGER);"), hash("-- why\nCREATE  TABLE t (\n a INTEGER); -- more\n"));
    EXPECT_NE(hash("CREATE TABLE t (a INTEGER);"), hash("CREATE TABLE t (a TEXT);"));
}

TEST(MigrationsTest, are_numbered_from_one_without_gaps) {
    auto version = 0;
    for (auto const& migration : migrations())
        EXPECT_EQ(migration.version, ++version) << migration.name;
    EXPECT_GE(version, 1);
}

} // namespace
} // namespace store
