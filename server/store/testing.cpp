#include "store/testing.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>

#include "store/postgres.hpp"

namespace store {
namespace {

base::Clock const& machine_clock() {
    static auto const clock = base::SystemClock();
    return clock;
}

std::filesystem::path make_folder() {
    auto name = (std::filesystem::temp_directory_path() / "apunta-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the folder " + name);
    return name;
}

std::unique_ptr<Database> opened(OpenOptions const& options, base::Clock const& clock) {
    auto database = Database::open(options, clock);
    if (!database) throw std::runtime_error("cannot open the test database: " + database.error().message);
    return *std::move(database);
}

std::string environment(char const* name) {
    auto const* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string server_address() {
    auto address = environment("APUNTA_TEST_POSTGRES");
    if (address.empty()) {
        throw std::runtime_error("set APUNTA_TEST_POSTGRES to a postgresql:// address whose user may create databases "
                                 "(test/postgres.sh starts such a server), or APUNTA_SKIP_POSTGRES=1");
    }
    return address;
}

/// The same server and parameters, another database.
std::string with_database(std::string const& address, std::string const& name) {
    auto const parameters = std::min(address.find('?'), address.size());
    auto const path = std::min(address.find('/', address.find("://") + 3), parameters);
    return address.substr(0, path) + "/" + name + address.substr(parameters);
}

void administer(std::string const& statement) {
    auto connection = PostgresConnection(with_database(server_address(), "postgres"));
    connection.script("SET statement_timeout = 0");
    connection.script(statement);
}

/// A name no other process of this machine uses.
std::string process_name(std::string const& purpose) { return "apunta_" + purpose + "_" + std::to_string(::getpid()); }

/// An empty, migrated database of this process; copying it is faster than migrating anew.
class Template {
public:
    Template() : name_(process_name("template")) {
        administer("DROP DATABASE IF EXISTS " + name_);
        administer("CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8'");
        auto options = OpenOptions();
        options.postgres = with_database(server_address(), name_);
        opened(options, machine_clock());
    }
    ~Template() {
        try {
            administer("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
        } catch (Failure const&) {
            // The server is gone, and the template with it.
        }
    }
    Template(Template const&) = delete;
    Template& operator=(Template const&) = delete;
    std::string const& name() const { return name_; }

private:
    std::string name_;
};

std::string new_database(std::string const& pattern) {
    static auto count = std::atomic<int>(0);
    auto const name = process_name("test") + "_" + std::to_string(++count);
    administer("DROP DATABASE IF EXISTS " + name);
    administer("CREATE DATABASE " + name + " TEMPLATE " + pattern);
    return with_database(server_address(), name);
}

std::string migrated_template() {
    static auto const pattern = Template();
    return pattern.name();
}

void drop(std::string const& address) {
    auto const path = address.find('/', address.find("://") + 3) + 1;
    administer("DROP DATABASE IF EXISTS " + address.substr(path, address.find('?') - path) + " WITH (FORCE)");
}

} // namespace

std::vector<Engine> engines_under_test() {
    if (environment("APUNTA_SKIP_POSTGRES") == "1") return {Engine::sqlite};
    return {Engine::sqlite, Engine::postgres};
}

std::string engine_name(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgres"; }

TestFolder::TestFolder() : path_(make_folder()) {}
TestFolder::~TestFolder() { std::filesystem::remove_all(path_); }

TestPlace::TestPlace(Engine engine) {
    options_.folder = folder_.path();
    if (engine == Engine::postgres) options_.postgres = new_database("template0 ENCODING 'UTF8'");
}

TestPlace::TestPlace(Engine engine, Migrated) {
    options_.folder = folder_.path();
    if (engine == Engine::postgres) options_.postgres = new_database(migrated_template());
}

TestPlace::~TestPlace() {
    if (!options_.postgres.empty()) drop(options_.postgres);
}

TestDatabase::TestDatabase(Engine engine) : TestDatabase(engine, machine_clock()) {}

TestDatabase::TestDatabase(Engine engine, base::Clock const& system_clock)
    : TestPlace(engine, Migrated()), clock_(system_clock), database_(opened(options(), clock_)) {}

void TestDatabase::reopen() {
    database_.reset();
    database_ = opened(options(), clock_);
}

} // namespace store
