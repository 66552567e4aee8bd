#include "store/sandbox.hpp"

#include <gmock/gmock.h>

#include "store/business.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

using testing::IsEmpty;

std::vector<std::string> texts(Database& database, std::string const& sql) {
    return read(database, [&](Tx& tx) { return tx.all(sql, {}, [](Row const& row) { return row.string(0); }); });
}

std::vector<std::string> tables(Database& database) {
    return texts(database, database.engine() == Engine::sqlite
                               ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                               : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
}

std::vector<std::string> columns(Database& database, std::string const& table) {
    return texts(database, database.engine() == Engine::sqlite
                               ? "SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid"
                               : "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
                                 "table_name = '" +
                                     table + "' ORDER BY ordinal_position");
}

/// All columns but business_id, as one text per row.
std::vector<std::string> rows(Database& database, std::string const& table, std::string const& business) {
    auto line = std::string("''");
    for (auto const& column : columns(database, table)) {
        if (column != "business_id") line += " || '|' || COALESCE(CAST(" + column + " AS TEXT), '-')";
    }
    auto sql = "SELECT " + line + " AS line FROM " + table + " WHERE business_id = '" + business + "' ORDER BY line";
    return texts(database, sql);
}

class Sandboxes : public OnEachEngine {
protected:
    Database& database() { return database_.get(); }
    /// Business "b1" with something in every table that is copied, and its empty shadow "s1".
    void SetUp() override {
        auto done = write(database(), [](Tx& tx) {
            add_business(tx, "b1");
            tx.run("INSERT INTO weekly_hours (business_id, staff_id, weekday, from_minutes, to_minutes) "
                   "VALUES ('b1', 'anna', 2, 540, 840), ('b1', '', 2, 540, 1200)");
            tx.run("INSERT INTO hours_exception (business_id, id, version, staff_id, date, hours, reason, created_at) "
                   "VALUES ('b1', 'x1', 3, 'anna', '2026-12-24', '540-840', 'Nochebuena', 5)");
            tx.run("INSERT INTO block (business_id, id, version, staff_id, starts_at, ends_at, title, created_at) "
                   "VALUES ('b1', 'k1', 2, 'berta', 100, 200, 'Médico', 6)");
            tx.run("UPDATE service SET everyone = 0, category = 'Corte', synonyms = '[\"pelo\"]', price_minor = 1800, "
                   "version = 4 WHERE business_id = 'b1'");
            tx.run("INSERT INTO service_staff (business_id, service_id, staff_id) VALUES ('b1', 'cut', 'anna')");
            add_booking(tx, {"k", "anna", 1000, 2000});
        });
        ASSERT_EQ(code_of(done), "ok");
        auto copied = write(database(), [](Tx& tx) {
            auto shadow = *find_business(tx, base::BusinessId("b1"));
            shadow.id = base::BusinessId("s1");
            shadow.sandbox_of = base::BusinessId("b1");
            shadow.sandbox_ends_at = base::from_millis(1000);
            insert_business(tx, shadow);
            copy_configuration(tx, base::BusinessId("b1"), shadow.id);
        });
        ASSERT_EQ(code_of(copied), "ok");
    }

private:
    TestDatabase database_{GetParam()};
};
APUNTA_ON_EACH_ENGINE(Sandboxes);

TEST_P(Sandboxes, begin_with_every_column_of_the_configuration_and_nothing_else) {
    for (auto const* table : {"staff", "weekly_hours", "hours_exception", "block", "service", "service_staff"}) {
        EXPECT_FALSE(rows(database(), table, "b1").empty()) << table;
        EXPECT_EQ(rows(database(), table, "s1"), rows(database(), table, "b1")) << table;
    }
    for (auto const* table : {"customer", "booking", "booking_event", "conversation"}) {
        EXPECT_THAT(rows(database(), table, "s1"), IsEmpty()) << table;
    }
}

TEST_P(Sandboxes, know_every_table_that_can_hold_a_row_of_a_business) {
    auto const known = tables_of_a_business();
    for (auto const& table : tables(database())) {
        auto const all = columns(database(), table);
        auto const has_business = std::ranges::find(all, "business_id") != all.end();
        // A session belongs to an account: it is led back to the business, and lives on.
        if (!has_business || table == "session") continue;
        EXPECT_NE(std::ranges::find(known, table), known.end()) << table << " would keep rows of a removed sandbox";
    }
}

TEST_P(Sandboxes, end_without_touching_the_business) {
    auto before = std::vector<std::vector<std::string>>();
    for (auto const table : tables_of_a_business())
        before.push_back(rows(database(), std::string(table), "b1"));
    auto const ended = [&](std::int64_t now) {
        return read(database(), [&](Tx& tx) { return ended_sandboxes(tx, base::from_millis(now), 10); });
    };
    EXPECT_THAT(ended(999), IsEmpty());
    ASSERT_THAT(ended(1000), testing::ElementsAre(base::BusinessId("s1")));
    auto const removed = write(database(), [](Tx& tx) {
        remove_sandbox(tx, base::BusinessId("s1"));
        remove_sandbox(tx, base::BusinessId("b1"));
    });
    ASSERT_EQ(code_of(removed), "ok");
    auto after = std::vector<std::vector<std::string>>();
    for (auto const table : tables_of_a_business()) {
        EXPECT_THAT(rows(database(), std::string(table), "s1"), IsEmpty()) << table;
        after.push_back(rows(database(), std::string(table), "b1"));
    }
    EXPECT_EQ(after, before);
    EXPECT_EQ(number(database(), "SELECT count(*) FROM business"), 1);
}

} // namespace
} // namespace store
