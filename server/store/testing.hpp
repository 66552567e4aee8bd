// For tests of every room: a real, empty, migrated database, thrown away afterwards.
//
// SQLite lies in a temporary folder. PostgreSQL is the server named by APUNTA_TEST_POSTGRES, a postgresql:// address
// whose user may create databases; each TestDatabase is a database of its own, copied from a template made once.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "store/database.hpp"

namespace store {

/// Both engines; SQLite alone only if APUNTA_SKIP_POSTGRES=1. Without APUNTA_TEST_POSTGRES a TestDatabase on PostgreSQL
/// throws, so that the test fails and says why.
std::vector<Engine> engines_under_test();

/// `sqlite`, `postgres`: for test names.
std::string engine_name(Engine engine);

/// A folder of its own under the system's temporary folder.
class TestFolder {
public:
    TestFolder();
    ~TestFolder();
    TestFolder(TestFolder const&) = delete;
    TestFolder& operator=(TestFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A place where a database may be opened or restored: for SQLite a folder, for PostgreSQL an empty database.
class TestPlace {
public:
    explicit TestPlace(Engine engine);
    ~TestPlace();
    TestPlace(TestPlace const&) = delete;
    TestPlace& operator=(TestPlace const&) = delete;
    OpenOptions const& options() const { return options_; }

protected:
    struct Migrated {};
    TestPlace(Engine engine, Migrated);

private:
    TestFolder folder_;
    OpenOptions options_;
};

class TestDatabase : public TestPlace {
public:
    explicit TestDatabase(Engine engine);
    /// `system_clock` outlives it.
    TestDatabase(Engine engine, base::Clock const& system_clock);

    Database& get() { return *database_; }
    Database* operator->() { return database_.get(); }
    /// Closes and opens it, as a restart would. options() opens it a second time, as another node would.
    void reopen();

private:
    base::Clock const& clock_;
    std::unique_ptr<Database> database_;
};

} // namespace store
