// load_master_key(): where the key comes from, apart from what it does (seal.cpp).
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/seal.hpp"

namespace base {

namespace {

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

tl::unexpected<Error> system_failure(std::string const& what, std::filesystem::path const& file) {
    return fail(Fault::broken, "master_key_file", what + " " + file.string() + ": " + std::strerror(errno));
}

std::string_view trimmed(std::string_view text) {
    constexpr auto white = " \t\r\n";
    auto const first = text.find_first_not_of(white);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string_view setting(char const* name) {
    auto const* const value = std::getenv(name);
    return value ? trimmed(value) : std::string_view();
}

Result<void> check_private(File const& file, std::filesystem::path const& path) {
    struct stat state = {};
    if (::fstat(file.descriptor(), &state) != 0) return system_failure("Cannot look at", path);
    if ((state.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(Fault::invalid, "master_key_permissions",
                    "Others than the owner have rights on the master key: chmod 600 " + path.string());
    }
    return {};
}

Result<MasterKey> read_key(std::filesystem::path const& path) {
    auto const file = File(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) {
        return fail(Fault::invalid, "master_key_missing", "There is no master key at " + path.string());
    }
    if (!file.is_open()) return system_failure("Cannot open", path);
    TRY_VOID(check_private(file, path));
    auto text = std::array<char, 256>();
    auto const length = ::read(file.descriptor(), text.data(), text.size());
    if (length < 0) return system_failure("Cannot read", path);
    return MasterKey::parse(trimmed({text.data(), static_cast<std::size_t>(length)}));
}

Result<void> write_durably(std::filesystem::path const& path, std::string const& text) {
    auto const file = File(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.is_open()) return system_failure("Cannot create", path);
    auto const written = ::write(file.descriptor(), text.data(), text.size());
    if (written != static_cast<ssize_t>(text.size())) return system_failure("Cannot write", path);
    if (::fsync(file.descriptor()) != 0) return system_failure("Cannot write", path);
    return {};
}

Result<void> sync_folder(std::filesystem::path const& folder) {
    auto const file = File(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.is_open() || ::fsync(file.descriptor()) != 0) return system_failure("Cannot sync", folder);
    return {};
}

/// Under a name of its own first and then linked: a power cut leaves a whole key or none, and of two programs that
/// start at once both end with the same.
Result<MasterKey> make_key(std::filesystem::path const& path, Random& random) {
    auto const draft = path.string() + "." + random_token(random, 8) + ".new";
    auto const written = write_durably(draft, MasterKey::generate(random).to_hex() + "\n");
    auto const linked = written && (::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
    auto const failure = errno;
    ::unlink(draft.c_str());
    errno = failure;
    TRY_VOID(written);
    if (!linked) return system_failure("Cannot create", path);
    TRY_VOID(sync_folder(path.has_parent_path() ? path.parent_path() : "."));
    return read_key(path);
}

} // namespace

Result<MasterKey> load_master_key(std::filesystem::path const& file, bool may_create, Random& random) {
    if (auto const text = setting("APUNTA_MASTER_KEY"); !text.empty()) return MasterKey::parse(text);
    if (auto const other = setting("APUNTA_MASTER_KEY_FILE"); !other.empty()) return read_key(other);
    auto key = read_key(file);
    auto const is_missing = !key && key.error().code == "master_key_missing";
    return is_missing && may_create ? make_key(file, random) : std::move(key);
}

} // namespace base
