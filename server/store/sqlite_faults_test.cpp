// What SQLite says when its file or folder is not as it should be.
#include <gmock/gmock.h>

#include <fstream>

#include "store/sqlite.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

class SqliteFaultsTest : public testing::Test {
protected:
    base::Result<std::unique_ptr<Database>> open(std::filesystem::path const& path) {
        auto options = OpenOptions();
        options.folder = path;
        return Database::open(options, clock);
    }
    /// Writes `bytes` into the closed file.
    void damage(std::streamoff at, std::string const& bytes) {
        auto file = std::fstream(sqlite_file(folder.path()), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(at);
        file << bytes;
    }
    void make_large() {
        auto const database = open(folder.path()).value();
        ASSERT_TRUE(write(*database, [](Tx& tx) {
            for (auto i = 0; i < 2000; ++i) {
                tx.run("INSERT INTO meta (key, value) VALUES (?1, ?2)", {std::to_string(i), std::string(100, 'x')});
            }
        }));
    }

    base::SystemClock clock;
    TestFolder folder;
};

TEST_F(SqliteFaultsTest, a_garbage_file_is_damaged_and_the_error_says_what_to_do) {
    std::ofstream(sqlite_file(folder.path())) << std::string(8192, 'x');
    auto const opened = open(folder.path());
    ASSERT_EQ(code_of(opened), "database_damaged");
    EXPECT_EQ(opened.error().fault, base::Fault::broken);
    EXPECT_THAT(opened.error().message, testing::HasSubstr("restore the newest backup"));
}

TEST_F(SqliteFaultsTest, an_overwritten_header_is_damaged) {
    make_large();
    damage(0, std::string(64, 'x'));
    EXPECT_EQ(code_of(open(folder.path())), "database_damaged");
}

TEST_F(SqliteFaultsTest, a_damaged_page_is_found_before_the_database_is_used) {
    make_large();
    auto const size = static_cast<std::streamoff>(std::filesystem::file_size(sqlite_file(folder.path())));
    damage(size - 3 * 4096, std::string(4096, '\x5a'));
    EXPECT_EQ(code_of(open(folder.path())), "database_damaged");
}

TEST_F(SqliteFaultsTest, a_folder_that_cannot_be_made_is_unavailable_and_named) {
    std::ofstream(folder.path() / "file") << "";
    auto const opened = open(folder.path() / "file" / "data");
    ASSERT_EQ(code_of(opened), "database_unavailable");
    EXPECT_THAT(opened.error().message, testing::HasSubstr((folder.path() / "file" / "data").string()));
}

TEST_F(SqliteFaultsTest, a_file_that_cannot_be_opened_is_unavailable_and_named) {
    std::filesystem::create_directory(sqlite_file(folder.path()));
    auto const opened = open(folder.path());
    ASSERT_EQ(code_of(opened), "database_unavailable");
    EXPECT_THAT(opened.error().message, testing::HasSubstr("apunta.db"));
}

TEST_F(SqliteFaultsTest, the_file_is_readable_by_its_owner_alone) {
    make_large();
    EXPECT_EQ(std::filesystem::status(sqlite_file(folder.path())).permissions() & std::filesystem::perms::mask,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SqliteFaultsTest, the_log_stays_small_although_rows_are_returned) {
    auto const database = open(folder.path()).value();
    for (auto i = 0; i < 600; ++i) {
        ASSERT_TRUE(write(*database, [&](Tx& tx) {
            tx.one("INSERT INTO meta (key, value) VALUES (?1, ?2) RETURNING key",
                   {std::to_string(i), std::string(10'000, 'x')}, [](Row const& row) { return row.string(0); });
        }));
    }
    EXPECT_LT(std::filesystem::file_size(sqlite_file(folder.path()).string() + "-wal"), 8U << 20U)
        << "the log is never taken back into the file";
}

} // namespace
} // namespace store
