// The contract of database.hpp, the same on both engines.
#include <gmock/gmock.h>

#include <limits>
#include <thread>

#include "store/test_rows.hpp"

namespace store {
namespace {

using testing::ElementsAre;

class DatabaseTest : public OnEachEngine {
protected:
    void SetUp() override {
        ASSERT_EQ(code_of(write(*database, [](Tx& tx) { add_business(tx, "b1"); })), "ok");
    }
    base::Result<void> put(Parameter const& value) {
        return write(*database, [&](Tx& tx) { tx.run("INSERT INTO meta (key, value) VALUES ('k', ?1)", {value}); });
    }
    std::int64_t rows_of_meta() { return number(*database, "SELECT count(*) FROM meta"); }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(DatabaseTest, text_comes_back_as_it_went_in) {
    for (auto const* text :
         {"", "ñandú café", "日本語 👩‍🔧", "it's \"quoted\" \\ ?1 $1 -- %_", "a\nb\tc\r"}) {
        ASSERT_EQ(code_of(put(text)), "ok") << text;
        auto const back = read(*database, [](Tx& tx) {
            return tx.one("SELECT value FROM meta WHERE key = 'k'", {}, [](Row const& row) { return row.string(0); });
        });
        EXPECT_EQ(back, text);
        ASSERT_EQ(code_of(write(*database, [](Tx& tx) { tx.run("DELETE FROM meta"); })), "ok");
    }
}

TEST_P(DatabaseTest, integers_keep_all_64_bits) {
    using Limits = std::numeric_limits<std::int64_t>;
    for (auto const value : {Limits::min(), Limits::max(), std::int64_t{9007199254740993}, std::int64_t{0}}) {
        ASSERT_EQ(code_of(write(*database, [&](Tx& tx) { tx.run("UPDATE business SET created_at = ?1", {value}); })),
                  "ok");
        EXPECT_EQ(number(*database, "SELECT created_at FROM business"), value);
    }
}

TEST_P(DatabaseTest, null_is_null_and_reading_it_as_a_value_is_a_bug) {
    auto const none = std::optional<std::string>();
    ASSERT_EQ(
        code_of(write(*database, [&](Tx& tx) { tx.run("UPDATE customer SET phone = ?1, name = ?2", {none, "x"}); })),
        "ok");
    read(*database, [](Tx& tx) {
        tx.each("SELECT phone, name FROM customer", {}, [](Row const& row) {
            EXPECT_TRUE(row.is_null(0));
            EXPECT_EQ(row.optional_string(0), std::nullopt);
            EXPECT_EQ(row.optional_string(1), "x");
            EXPECT_THROW(row.text(0), std::logic_error);
        });
        return 0;
    });
}

TEST_P(DatabaseTest, a_text_with_nul_is_refused) {
    EXPECT_EQ(code_of(put(std::string("a\0b", 3))), "statement");
    EXPECT_EQ(rows_of_meta(), 0);
}

TEST_P(DatabaseTest, an_error_of_the_body_undoes_what_it_wrote) {
    auto const refused = database->write([](Tx& tx) -> base::Result<int> {
        tx.run("INSERT INTO meta (key, value) VALUES ('k', 'v')");
        return base::fail(base::Fault::invalid, "no", "no");
    });
    EXPECT_EQ(code_of(refused), "no");
    EXPECT_EQ(rows_of_meta(), 0);
}

TEST_P(DatabaseTest, an_exception_of_the_body_undoes_its_writes_and_reaches_the_caller) {
    auto const buggy = [&] {
        return write(*database, [](Tx& tx) {
            tx.run("INSERT INTO meta (key, value) VALUES ('k', 'v')");
            throw std::out_of_range("bug");
        });
    };
    EXPECT_THROW((void)buggy(), std::out_of_range);
    EXPECT_EQ(rows_of_meta(), 0);
    EXPECT_EQ(code_of(put("v")), "ok");
}

TEST_P(DatabaseTest, failures_of_statements_become_errors_with_stable_codes) {
    struct Case {
        char const* sql;
        base::Fault fault;
        char const* code;
    };
    for (auto const& [sql, fault, code] : {
             Case{"INSERT INTO staff (business_id, id, name, position, created_at) VALUES ('b1', 'anna', '', 0, 0)",
                  base::Fault::conflict, "already_exists"},
             Case{"INSERT INTO staff (business_id, id, name, position, created_at) VALUES ('b2', 'eva', '', 0, 0)",
                  base::Fault::broken, "constraint"},
             Case{"UPDATE service SET duration_minutes = 1", base::Fault::broken, "constraint"},
             Case{"UPDATE service SET name = NULL", base::Fault::broken, "constraint"},
             Case{"SELECT nonsense FROM nowhere", base::Fault::broken, "statement"},
         }) {
        auto const result = write(*database, [&](Tx& tx) { tx.run(sql); });
        ASSERT_EQ(code_of(result), code) << sql;
        EXPECT_EQ(result.error().fault, fault) << sql;
    }
}

TEST_P(DatabaseTest, a_wrong_number_of_parameters_is_refused) {
    EXPECT_EQ(code_of(write(*database, [](Tx& tx) { tx.run("UPDATE customer SET name = ?1 WHERE id = ?2", {"x"}); })),
              "statement");
}

TEST_P(DatabaseTest, a_body_that_swallows_a_failure_commits_nothing) {
    auto const result = write(*database, [](Tx& tx) {
        tx.run("INSERT INTO meta (key, value) VALUES ('first', '')");
        try {
            tx.run("INSERT INTO meta (key, value) VALUES ('first', '')");
        } catch (Failure const&) {
        }
    });
    EXPECT_EQ(code_of(result), "already_exists");
    EXPECT_EQ(rows_of_meta(), 0);
}

TEST_P(DatabaseTest, run_answers_how_many_rows_it_changed) {
    ASSERT_EQ(
        code_of(write(*database,
                      [](Tx& tx) {
                          EXPECT_EQ(tx.run("UPDATE staff SET position = 1"), 2);
                          EXPECT_EQ(tx.run("DELETE FROM meta"), 0);
                          EXPECT_EQ(tx.run("INSERT INTO meta (key, value) VALUES ('k', '')"), 1);
                          EXPECT_EQ(
                              tx.run("INSERT INTO meta (key, value) VALUES ('k', '') ON CONFLICT (key) DO NOTHING"), 0);
                      })),
        "ok");
}

TEST_P(DatabaseTest, a_statement_may_run_inside_the_rows_of_itself) {
    auto const seen = read(*database, [](Tx& tx) {
        auto const* sql = "SELECT id FROM staff ORDER BY id";
        auto names = std::vector<std::string>();
        tx.each(sql, {}, [&](Row const& outer) {
            tx.each(sql, {}, [&](Row const& inner) { names.push_back(outer.string(0) + inner.string(0)); });
        });
        return names;
    });
    EXPECT_THAT(seen, ElementsAre("annaanna", "annaberta", "bertaanna", "bertaberta"));
}

TEST_P(DatabaseTest, both_engines_sort_text_byte_by_byte) {
    ASSERT_EQ(code_of(write(*database,
                            [](Tx& tx) {
                                for (auto const* key : {"b", "á", "a-b", "aa", "B"}) {
                                    tx.run("INSERT INTO meta (key, value) VALUES (?1, '')", {key});
                                }
                            })),
              "ok");
    auto const keys = read(*database, [](Tx& tx) {
        return tx.all("SELECT key FROM meta ORDER BY key", {}, [](Row const& row) { return row.string(0); });
    });
    EXPECT_THAT(keys, ElementsAre("B", "a-b", "aa", "b", "á"));
}

TEST_P(DatabaseTest, a_read_cannot_write) {
    auto const result = database->read([](Tx& tx) -> base::Result<void> {
        tx.run("INSERT INTO meta (key, value) VALUES ('k', 'v')");
        return {};
    });
    EXPECT_EQ(code_of(result), "statement");
    EXPECT_EQ(code_of(put("v")), "ok") << "and the database still works";
}

TEST_P(DatabaseTest, a_read_sees_one_state_however_long_it_takes) {
    auto const before_and_after = database->read([&](Tx& tx) -> base::Result<std::pair<bool, bool>> {
        auto const* sql = "SELECT count(*) FROM meta";
        auto const count = [&] { return tx.one(sql, {}, [](Row const& row) { return row.flag(0); }).value(); };
        auto const before = count();
        std::thread([&] { EXPECT_EQ(code_of(put("v")), "ok"); }).join();
        return std::pair(before, count());
    });
    EXPECT_EQ(before_and_after.value(), std::pair(false, false));
    EXPECT_EQ(rows_of_meta(), 1);
}

TEST_P(DatabaseTest, a_glance_sees_what_was_committed) {
    ASSERT_EQ(code_of(put("v")), "ok");
    auto const seen = database->glance([](Tx& tx) -> base::Result<std::string> {
        return tx.one("SELECT value FROM meta WHERE key = ?1", {"k"}, [](Row const& row) { return row.string(0); })
            .value();
    });
    EXPECT_EQ(seen.value(), "v");
}

TEST_P(DatabaseTest, a_glance_is_one_select_and_no_more) {
    auto const select = [](Tx& tx) { tx.run("SELECT count(*) FROM meta"); };
    auto const insert = [](Tx& tx) { tx.run("INSERT INTO meta (key, value) VALUES ('k', 'v')"); };
    auto const glance = [&](auto const& first, auto const& second) {
        return database->glance([&](Tx& tx) -> base::Result<void> {
            first(tx);
            second(tx);
            return {};
        });
    };
    EXPECT_THROW((void)glance(select, select), std::logic_error);
    EXPECT_THROW((void)glance(insert, [](Tx&) {}), std::logic_error);
    EXPECT_EQ(rows_of_meta(), 0);
}

TEST_P(DatabaseTest, a_glance_that_fails_says_why_and_leaves_the_database_usable) {
    auto const failed = database->glance([](Tx& tx) -> base::Result<void> {
        tx.run("SELECT nonsense FROM nowhere");
        return {};
    });
    EXPECT_EQ(code_of(failed), "statement");
    EXPECT_EQ(code_of(database->ping()), "ok");
    EXPECT_EQ(code_of(put("v")), "ok");
}

TEST_P(DatabaseTest, a_transaction_inside_a_transaction_is_a_bug) {
    auto const nested = [&] { return write(*database, [&](Tx&) { (void)put("v"); }); };
    EXPECT_THROW((void)nested(), std::logic_error);
    auto const read_in_write = [&] { return write(*database, [&](Tx&) { rows_of_meta(); }); };
    EXPECT_THROW((void)read_in_write(), std::logic_error);
    EXPECT_EQ(code_of(put("v")), "ok");
}

TEST_P(DatabaseTest, what_follows_a_commit_runs_on_the_calling_thread_and_only_after_a_commit) {
    auto order = std::vector<std::string>();
    auto const caller = std::this_thread::get_id();
    auto const body = [&](base::Result<void> const& answer) {
        return database->write([&](Tx& tx) -> base::Result<void> {
            tx.run("INSERT INTO meta (key, value) VALUES ('k', '') ON CONFLICT (key) DO NOTHING");
            tx.after_commit([&] {
                EXPECT_TRUE(std::this_thread::get_id() == caller);
                order.push_back("rows " + std::to_string(rows_of_meta()));
            });
            tx.after_commit([&] { order.emplace_back("second"); });
            return answer;
        });
    };
    EXPECT_FALSE(body(base::fail(base::Fault::invalid, "no", "no")));
    EXPECT_THAT(order, ElementsAre());
    EXPECT_TRUE(body({}));
    EXPECT_THAT(order, ElementsAre("rows 1", "second"));
}

TEST_P(DatabaseTest, ping_answers_while_statements_can_be_run) { EXPECT_EQ(code_of(database->ping()), "ok"); }

TEST_P(DatabaseTest, what_was_written_is_there_after_a_restart) {
    ASSERT_EQ(code_of(put("v")), "ok");
    place.reopen();
    EXPECT_EQ(number(place.get(), "SELECT count(*) FROM meta"), 1);
}

APUNTA_ON_EACH_ENGINE(DatabaseTest);

} // namespace
} // namespace store
