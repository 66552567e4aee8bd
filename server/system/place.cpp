#include "system/place.hpp"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace system_test {
namespace {

/// The same server and parameters, another database.
std::string with_database(std::string const& address, std::string const& name) {
    auto const parameters = std::min(address.find('?'), address.size());
    auto const path = std::min(address.find('/', address.find("://") + 3), parameters);
    return address.substr(0, path) + "/" + name + address.substr(parameters);
}

std::string server_address() {
    auto address = setting("APUNTA_TEST_POSTGRES");
    if (address.empty()) {
        throw std::runtime_error("set APUNTA_TEST_POSTGRES to a postgresql:// address whose user may create databases "
                                 "(test/postgres.sh starts such a server), or APUNTA_SKIP_POSTGRES=1");
    }
    return address;
}

Sql administration(std::string const& server) { return Sql({}, with_database(server, "postgres")); }

std::string new_name() {
    static auto count = std::atomic<int>(0);
    return "apunta_system_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

} // namespace

std::vector<Engine> engines() {
    if (setting("APUNTA_SKIP_POSTGRES") == "1") return {Engine::sqlite};
    return {Engine::sqlite, Engine::postgres};
}

std::string name_of(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgres"; }

TempFolder::TempFolder() {
    auto name = (std::filesystem::temp_directory_path() / "apunta-system-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the folder " + name);
    path_ = name;
}

TempFolder::~TempFolder() {
    auto ignored = std::error_code();
    std::filesystem::remove_all(path_, ignored);
}

Place::Place(Engine engine) {
    if (engine == Engine::sqlite) return;
    server_ = server_address();
    make_database();
}

Place::Place(std::string const& server) : server_(server) { make_database(); }

void Place::make_database() {
    database_name_ = new_name();
    administration(server_).rows("CREATE DATABASE " + database_name_ + " TEMPLATE template0 ENCODING 'UTF8'");
    database_url_ = with_database(server_, database_name_);
}

Place::~Place() {
    if (!database_name_.empty())
        administration(server_).attempt("DROP DATABASE IF EXISTS " + database_name_ + " WITH (FORCE)");
}

Environment Place::environment() const { return {{"DATABASE_URL", database_url_}}; }

std::string text_of(std::filesystem::path const& file) {
    auto text = std::ostringstream();
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

void write(std::filesystem::path const& file, std::string const& text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

} // namespace system_test
