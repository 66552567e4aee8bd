// SQLite: what waits together shares one commit, and yet each unit stands or falls alone.
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <thread>

#include "store/measures.hpp"
#include "store/sqlite_writer.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

class GroupCommitTest : public testing::Test {
protected:
    GroupCommitTest() {
        auto options = OpenOptions();
        auto connection = open_sqlite_file(file, options, base::Instant());
        writer.emplace(*std::move(connection), [this] { return reopened(); }, clock, measures);
    }
    std::unique_ptr<SqliteConnection> reopened() {
        ++times_reopened;
        auto connection = std::make_unique<SqliteConnection>(file, SqliteConnection::Mode::write);
        connection->execute("PRAGMA max_page_count = " + std::to_string(most_pages));
        return connection;
    }
    /// Hands all bodies to the writer in one batch, and answers with what became of each.
    std::vector<std::string> together(std::vector<Body> const& bodies);
    std::string alone(Body const& body) { return outcome(body); }
    std::int64_t count() {
        auto connection = SqliteConnection(file, SqliteConnection::Mode::read);
        auto tx = SqliteTx(connection);
        return tx.one("SELECT count(*) FROM meta", {}, [](Row const& row) { return row.integer(0); }).value();
    }

    TestFolder folder;
    std::filesystem::path file = folder.path() / "test.db";
    base::SystemClock clock;
    Measures measures{base::Metrics(), Engine::sqlite};
    std::optional<SqliteWriter> writer;
    std::int64_t most_pages = 1'000'000; ///< as a connection that is opened anew finds the disk
    int times_reopened = 0;

private:
    std::string outcome(Body const& body);
};

std::string GroupCommitTest::outcome(Body const& body) {
    try {
        return code_of(writer->perform(body));
    } catch (Failure const& failure) {
        return error_of(failure).code;
    } catch (std::exception const& error) {
        return error.what();
    }
}

std::vector<std::string> GroupCommitTest::together(std::vector<Body> const& bodies) {
    auto gate = std::promise<void>();
    auto entered = std::latch(1);
    auto holder = std::jthread([&] {
        outcome([&](Tx&) {
            entered.count_down();
            gate.get_future().wait();
            return true;
        });
    });
    entered.wait();
    auto outcomes = std::vector<std::string>(bodies.size());
    {
        auto threads = std::vector<std::jthread>();
        for (auto i = std::size_t{0}; i < bodies.size(); ++i) {
            threads.emplace_back([&, i] { outcomes[i] = outcome(bodies[i]); });
            while (writer->waiting() <= i)
                std::this_thread::yield();
        }
        gate.set_value();
    }
    return outcomes;
}

Body insert(std::string const& key) {
    return [key](Tx& tx) {
        tx.run("INSERT INTO meta (key, value) VALUES (?1, '')", {key});
        return true;
    };
}

TEST_F(GroupCommitTest, one_of_five_fails_alone_and_whole) {
    ASSERT_EQ(alone(insert("taken")), "ok");
    auto const outcomes =
        together({insert("1"), [](Tx& tx) { return insert("2")(tx) && insert("taken")(tx); }, insert("3"),
                  [](Tx& tx) -> bool {
                      insert("4")(tx);
                      throw std::runtime_error("a bug");
                  },
                  [](Tx& tx) {
                      insert("5")(tx);
                      return false;
                  }});
    EXPECT_EQ(outcomes, (std::vector<std::string>{"ok", "already_exists", "ok", "a bug", "ok"}));
    EXPECT_EQ(count(), 3) << "taken, 1 and 3";
}

TEST_F(GroupCommitTest, no_unit_is_answered_before_the_commit_of_the_batch) {
    auto visible = std::atomic<std::int64_t>(-1);
    auto const last = [&](Tx& tx) {
        visible = count(); // another connection, while the units before are already run
        return insert("3")(tx);
    };
    together({insert("1"), insert("2"), last});
    EXPECT_EQ(visible, 0) << "they were not in one batch";
    EXPECT_EQ(count(), 3);
}

TEST_F(GroupCommitTest, a_unit_that_ends_the_whole_transaction_does_not_take_the_others_with_it) {
    auto runs_of_first = 0;
    ASSERT_EQ(alone([](Tx& tx) {
                  tx.run("CREATE TRIGGER bomb BEFORE INSERT ON meta WHEN NEW.key = 'bomb' "
                         "BEGIN SELECT RAISE(ROLLBACK, 'gone'); END");
                  return true;
              }),
              "ok");
    auto const outcomes = together({[&](Tx& tx) {
                                        ++runs_of_first;
                                        return insert("1")(tx);
                                    },
                                    insert("bomb"), insert("3")});
    EXPECT_EQ(outcomes, (std::vector<std::string>{"ok", "constraint", "ok"}));
    EXPECT_EQ(runs_of_first, 2) << "undone with the batch, and run again";
    EXPECT_EQ(count(), 2);
}

TEST_F(GroupCommitTest, a_commit_that_fails_because_of_one_unit_fails_that_unit_alone) {
    auto const outcomes = together({insert("1"),
                                    [](Tx& tx) {
                                        tx.run("PRAGMA defer_foreign_keys = ON");
                                        tx.run("INSERT INTO membership (business_id, account_id, role, created_at) "
                                               "VALUES ('none', 'none', 'owner', 0)");
                                        return true;
                                    },
                                    insert("3")});
    EXPECT_EQ(outcomes, (std::vector<std::string>{"ok", "constraint", "ok"}));
    EXPECT_EQ(count(), 2);
}

TEST_F(GroupCommitTest, a_full_disk_fails_cleanly_and_work_goes_on_when_there_is_space) {
    auto const limit = [&](std::int64_t pages) {
        most_pages = pages;
        return alone([pages](Tx& tx) {
            tx.run("PRAGMA max_page_count = " + std::to_string(pages));
            return true;
        });
    };
    auto pages = std::int64_t{};
    ASSERT_EQ(alone([&](Tx& tx) {
                  tx.each("PRAGMA page_count", {}, [&](Row const& row) { pages = row.integer(0); });
                  return true;
              }),
              "ok");
    ASSERT_EQ(limit(pages + 4), "ok");
    auto const big = [](std::string const& key) {
        return [key](Tx& tx) {
            tx.run("INSERT INTO meta (key, value) VALUES (?1, ?2)", {key, std::string(100'000, 'x')});
            return true;
        };
    };
    EXPECT_EQ(alone(big("a")), "database_unavailable");
    for (auto const& outcome : together({big("b"), big("c")}))
        EXPECT_EQ(outcome, "database_unavailable");
    EXPECT_EQ(count(), 0);
    EXPECT_GE(times_reopened, 1) << "a connection that met a full disk is used no more";
    ASSERT_EQ(limit(pages + 1000), "ok");
    EXPECT_EQ(alone(big("d")), "ok");
    EXPECT_EQ(count(), 1);
}

} // namespace
} // namespace store
