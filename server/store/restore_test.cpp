#include "store/restore.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/test_rows.hpp"

namespace store {
namespace {

class RestoreTest : public OnEachEngine {
protected:
    std::int64_t rows(Database& database) {
        return number(database, "SELECT count(*) FROM meta WHERE key LIKE '%pair%'");
    }
    void write_pair(Database& database, int number) {
        EXPECT_TRUE(write(database, [&](Tx& tx) {
            for (auto const* half : {"left", "right"}) {
                tx.run("INSERT INTO meta (key, value) VALUES (?1, '')",
                       {half + std::string("pair") + std::to_string(number)});
            }
        }));
    }
    std::optional<base::Instant> quarantine_of(Database& database) {
        return read(database, [](Tx& tx) { return quarantined_at(tx); });
    }

    base::SystemClock clock;
    TestDatabase source = TestDatabase(GetParam());
    TestFolder folder;
    std::filesystem::path file = folder.path() / "backup";
};

TEST_P(RestoreTest, a_backup_taken_while_others_write_is_whole_and_comes_back_quarantined) {
    for (auto i = 0; i < 20; ++i)
        write_pair(source.get(), i);
    auto stop = std::atomic<bool>(false);
    auto writer = std::thread([&] {
        for (auto i = 1000; !stop; ++i)
            write_pair(source.get(), i);
    });
    auto const saved = source->backup(file);
    stop = true;
    writer.join();
    ASSERT_EQ(code_of(saved), "ok") << saved.error().message;

    auto const target = TestPlace(GetParam());
    auto const restored = restore(file, target.options(), clock);
    ASSERT_EQ(code_of(restored), "ok") << restored.error().message;
    auto const database = Database::open(target.options(), clock).value();
    EXPECT_GE(rows(*database), 40);
    EXPECT_EQ(rows(*database) % 2, 0) << "half a transaction was saved";
    EXPECT_LE(rows(*database), rows(source.get()));

    ASSERT_TRUE(quarantine_of(*database));
    EXPECT_LE(*quarantine_of(*database), clock.now());
    ASSERT_TRUE(write(*database, [](Tx& tx) { activate(tx); }));
    EXPECT_FALSE(quarantine_of(*database));
    EXPECT_FALSE(quarantine_of(source.get())) << "the source goes on working";
}

TEST_P(RestoreTest, the_constraint_against_double_booking_survives) {
    ASSERT_TRUE(write(source.get(), [](Tx& tx) {
        add_business(tx, "b1");
        add_booking(tx, {"1", "anna", 100, 200});
    }));
    ASSERT_TRUE(source->backup(file));
    auto const target = TestPlace(GetParam());
    ASSERT_EQ(code_of(restore(file, target.options(), clock)), "ok");
    auto const database = Database::open(target.options(), clock).value();
    EXPECT_EQ(code_of(write(*database, [](Tx& tx) { add_booking(tx, {"2", "anna", 150, 250}); })), "slot_taken");
}

TEST_P(RestoreTest, a_place_that_holds_something_is_refused) {
    ASSERT_TRUE(source->backup(file));
    EXPECT_EQ(code_of(restore(file, source.options(), clock)), "target_not_empty");
    EXPECT_FALSE(quarantine_of(source.get()));
}

TEST_P(RestoreTest, a_backup_never_overwrites_a_file) {
    std::ofstream(file) << "precious";
    EXPECT_EQ(code_of(source->backup(file)), "file_exists");
    EXPECT_EQ(std::filesystem::file_size(file), 8U);
}

TEST_P(RestoreTest, a_backup_that_cannot_be_written_says_where) {
    auto const result = source->backup("/dev/null/nowhere/backup");
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, testing::HasSubstr("/dev/null/nowhere"));
}

TEST_P(RestoreTest, a_file_that_is_no_backup_is_refused_and_leaves_the_place_empty) {
    std::ofstream(file) << std::string(10'000, 'x');
    auto const target = TestPlace(GetParam());
    EXPECT_FALSE(restore(file, target.options(), clock));
    ASSERT_TRUE(source->backup(folder.path() / "good"));
    EXPECT_EQ(code_of(restore(folder.path() / "good", target.options(), clock)), "ok");
}

TEST_P(RestoreTest, a_backup_is_readable_by_its_owner_alone) {
    ASSERT_TRUE(source->backup(file));
    EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::mask,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

APUNTA_ON_EACH_ENGINE(RestoreTest);

} // namespace
} // namespace store
