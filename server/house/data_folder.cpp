#include "house/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

namespace house {
namespace {

constexpr auto lock_name = "server.lock";
constexpr auto card_name = "server.json";

std::string read_text(std::filesystem::path const& file) {
    auto in = std::ifstream(file);
    auto text = std::ostringstream();
    text << in.rdbuf();
    return text.str();
}

/// A member of the card, which this program alone writes, so a plain search is enough: text without its quotes, or a
/// number.
std::string member(std::string const& card, std::string const& name) {
    auto const label = "\"" + name + "\":";
    auto start = card.find(label);
    if (start == std::string::npos) return {};
    start += label.size();
    if (card[start] == '"') return card.substr(start + 1, card.find('"', start + 1) - start - 1);
    return card.substr(start, card.find_first_of(",}", start) - start);
}

tl::unexpected<base::Error> not_writable(std::filesystem::path const& path, std::string const& why) {
    return base::fail(base::Fault::unavailable, "folder_not_writable",
                      fmt::format("cannot write to the data folder {}: {}", path.string(), why));
}

} // namespace

base::Result<DataFolder> DataFolder::open(std::filesystem::path const& path) {
    auto made = std::error_code();
    if (std::filesystem::create_directories(path, made)) {
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, made);
    }
    if (made) return not_writable(path, made.message());
    auto file = path / lock_name;
    auto lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return not_writable(path, std::strerror(errno));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        auto card = read_text(path / card_name);
        return base::fail(base::Fault::conflict, "already_running",
                          fmt::format("a server with pid {} already uses the data folder {} (address {})",
                                      member(card, "pid"), path.string(), member(card, "url")));
    }
    return DataFolder(path, lock);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
    if (lock_ < 0) return;
    auto ignored = std::error_code();
    std::filesystem::remove(path_ / card_name, ignored);
    ::close(lock_);
}

base::Result<void> DataFolder::announce(std::string const& url) const {
    auto const draft = path_ / "server.json.new";
    auto file = std::ofstream(draft);
    file << fmt::format(R"({{"pid":{},"url":"{}"}})", ::getpid(), url) << '\n';
    file.close();
    if (!file) return not_writable(path_, std::strerror(errno));
    auto failed = std::error_code();
    std::filesystem::rename(draft, path_ / card_name, failed);
    if (failed) return not_writable(path_, failed.message());
    return {};
}

std::optional<std::string> running_at(std::filesystem::path const& folder) {
    auto lock = ::open((folder / lock_name).c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return std::nullopt;
    auto running = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock);
    return running ? std::optional(member(read_text(folder / card_name), "url")) : std::nullopt;
}

} // namespace house
