// What happens when PostgreSQL goes away, changes its mind or lets two transactions wait for each other.
#include <gmock/gmock.h>

#include <unistd.h>

#include <algorithm>
#include <barrier>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "store/postgres.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

class PostgresFaultsTest : public OnEachEngine {
protected:
    std::string put(std::string const& key) {
        return code_of(
            write(*database, [&](Tx& tx) { tx.run("INSERT INTO meta (key, value) VALUES (?1, '')", {key}); }));
    }
    /// Ends every other session of this database, as a restart of the server would.
    void end_all_sessions() {
        auto outside = PostgresConnection(place.options().postgres);
        outside.script("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                       "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(PostgresFaultsTest, sessions_lost_between_transactions_are_opened_anew_unnoticed) {
    ASSERT_EQ(put("1"), "ok");
    end_all_sessions();
    EXPECT_EQ(put("2"), "ok");
    end_all_sessions();
    EXPECT_EQ(number(*database, "SELECT count(*) FROM meta"), 2);
}

TEST_P(PostgresFaultsTest, a_session_lost_before_the_commit_has_the_body_run_again_once) {
    auto runs = 0;
    auto const result = write(*database, [&](Tx& tx) {
        tx.run("INSERT INTO meta (key, value) VALUES ('k', '')");
        if (++runs == 1) end_all_sessions();
        tx.run("INSERT INTO meta (key, value) VALUES ('l', '')");
    });
    EXPECT_EQ(code_of(result), "ok");
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM meta"), 2);
}

TEST_P(PostgresFaultsTest, a_session_lost_again_and_again_is_unavailable) {
    auto const result = write(*database, [&](Tx& tx) {
        end_all_sessions();
        tx.run("INSERT INTO meta (key, value) VALUES ('l', '')");
    });
    EXPECT_EQ(code_of(result), "database_unavailable");
    EXPECT_EQ(put("2"), "ok") << "and works again when the cause is gone";
}

TEST_P(PostgresFaultsTest, a_session_lost_during_the_commit_leaves_the_outcome_unknown_and_is_not_repeated) {
    ASSERT_TRUE(write(*database, [](Tx& tx) {
        tx.run("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
               "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
        tx.run("CREATE CONSTRAINT TRIGGER die AFTER INSERT ON meta DEFERRABLE INITIALLY DEFERRED "
               "FOR EACH ROW EXECUTE FUNCTION die()");
    }));
    auto runs = 0;
    auto const result = write(*database, [&](Tx& tx) {
        ++runs;
        tx.run("INSERT INTO meta (key, value) VALUES ('k', '')");
    });
    EXPECT_EQ(code_of(result), "outcome_unknown");
    EXPECT_EQ(runs, 1);
}

TEST_P(PostgresFaultsTest, a_server_that_says_nothing_is_given_up) {
    auto const began = std::chrono::steady_clock::now();
    auto runs = 0;
    auto const result = write(*database, [&](Tx& tx) {
        ++runs;
        tx.run("SET LOCAL statement_timeout = 0");
        tx.run("SELECT pg_sleep(30)");
    });
    EXPECT_EQ(code_of(result), "database_unavailable");
    EXPECT_EQ(runs, 1) << "it would be waited for twice";
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
    EXPECT_EQ(put("2"), "ok");
}

TEST_P(PostgresFaultsTest, a_deadlock_is_resolved_by_running_one_of_the_two_again) {
    ASSERT_EQ(put("a"), "ok");
    ASSERT_EQ(put("b"), "ok");
    auto both_hold_one = std::barrier(2);
    auto runs = std::atomic<int>(0);
    auto const take = [&](std::string const& first, std::string const& second) {
        auto my_runs = 0;
        return code_of(write(*database, [&](Tx& tx) {
            ++runs;
            tx.run("UPDATE meta SET value = 'x' WHERE key = ?1", {first});
            if (++my_runs == 1) both_hold_one.arrive_and_wait();
            tx.run("UPDATE meta SET value = 'x' WHERE key = ?1", {second});
        }));
    };
    auto other = std::async(std::launch::async, [&] { return take("b", "a"); });
    EXPECT_EQ(take("a", "b"), "ok");
    EXPECT_EQ(other.get(), "ok");
    EXPECT_EQ(runs, 3);
}

TEST_P(PostgresFaultsTest, an_address_where_nobody_listens_is_unavailable) {
    auto options = OpenOptions();
    options.postgres = "postgresql://nobody@127.0.0.1:1/none";
    EXPECT_EQ(code_of(Database::open(options, base::SystemClock())), "database_unavailable");
}

TEST_P(PostgresFaultsTest, a_user_who_may_not_add_the_extension_is_told_what_to_do) {
    auto const empty = TestPlace(Engine::postgres);
    auto const role = "apunta_test_weak_" + std::to_string(::getpid());
    auto administrator = PostgresConnection(empty.options().postgres);
    administrator.script("CREATE ROLE " + role + " LOGIN");
    auto options = empty.options();
    options.postgres += options.postgres.find('?') == std::string::npos ? "?user=" + role : "&user=" + role;
    auto const opened = Database::open(options, base::SystemClock());
    administrator.script("DROP ROLE " + role);
    ASSERT_EQ(code_of(opened), "extension_missing");
    EXPECT_THAT(opened.error().message, testing::HasSubstr("CREATE EXTENSION btree_gist"));
}

/// Collects what a listener hears, until as many as expected.
class Ear {
public:
    void hear(base::BusinessId const& business) {
        auto lock = std::scoped_lock(mutex_);
        heard_.push_back(business.text());
        changed_.notify_all();
    }
    bool hears(std::string const& text) {
        auto lock = std::unique_lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10),
                                 [&] { return std::ranges::find(heard_, text) != heard_.end(); });
    }
    std::size_t count() {
        auto lock = std::scoped_lock(mutex_);
        return heard_.size();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> heard_;
};

TEST_P(PostgresFaultsTest, a_node_hears_the_commits_of_others_also_after_a_lost_connection) {
    auto const clock = base::SystemClock();
    auto const node = Database::open(place.options(), clock).value();
    auto ear = Ear();
    auto own = Ear();
    node->on_change([&](base::BusinessId const& business) { ear.hear(business); });
    database->on_change([&](base::BusinessId const& business) { own.hear(business); });
    auto const change = [&](std::string const& id) {
        ASSERT_TRUE(write(*database, [&](Tx& tx) {
            add_business(tx, id);
            tx.note({base::BusinessId(id), "k", "r"});
        }));
    };
    // LISTEN may still be under way at first; a change is noticed at the latest when it is repeated.
    for (auto i = 0; i < 100 && ear.count() == 0; ++i)
        change("b" + std::to_string(i));
    EXPECT_GT(ear.count(), 0U);
    EXPECT_TRUE(own.hears("b0"));
    end_all_sessions();
    EXPECT_TRUE(ear.hears("")) << "an empty id: anything may have changed meanwhile";
    change("later");
    EXPECT_TRUE(ear.hears("later"));
    node->on_change({});
    database->on_change({});
}

INSTANTIATE_TEST_SUITE_P(, PostgresFaultsTest, testing::ValuesIn([] {
                             auto engines = engines_under_test();
                             std::erase(engines, Engine::sqlite);
                             return engines;
                         }()),
                         name_of_engine);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresFaultsTest);

TEST(PostgresAddressTest, gets_time_limits_unless_it_names_its_own) {
    auto const address = with_time_limits("postgresql://u@h/db?connect_timeout=2");
    EXPECT_THAT(address, testing::StartsWith("postgresql://u@h/db?connect_timeout=2&tcp_user_timeout="));
    EXPECT_THAT(with_time_limits("postgresql://u@h/db"), testing::HasSubstr("?connect_timeout=5&"));
}

} // namespace
} // namespace store
