#include "store/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace store {
namespace {

base::Result<void> failed(std::filesystem::path const& file) {
    return base::fail(base::Fault::unavailable, "file", file.string() + ": " + std::generic_category().message(errno));
}

base::Result<void> flush(std::filesystem::path const& file) {
    auto const descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failed(file);
    auto const flushed = ::fsync(descriptor) == 0;
    auto result = flushed ? base::Result<void>() : failed(file);
    ::close(descriptor);
    return result;
}

} // namespace

std::filesystem::path unfinished_name(std::filesystem::path const& file) { return file.string() + ".unfinished"; }

void remove_leftover(std::filesystem::path const& file) {
    auto ignored = std::error_code();
    std::filesystem::remove(file, ignored);
}

base::Result<void> refuse_existing(std::filesystem::path const& file) {
    auto unreachable = std::error_code();
    if (!std::filesystem::exists(file, unreachable)) return {};
    return base::fail(base::Fault::refused, "file_exists", file.string() + " exists already and is not overwritten");
}

base::Result<void> finish_file(std::filesystem::path const& from, std::filesystem::path const& to) {
    TRY_VOID(refuse_existing(to));
    if (::chmod(from.c_str(), S_IRUSR | S_IWUSR) != 0) return failed(from);
    TRY_VOID(flush(from));
    if (std::rename(from.c_str(), to.c_str()) != 0) return failed(to);
    auto const folder = to.parent_path();
    auto named = flush(folder.empty() ? "." : folder);
    // Its name may not outlive a power cut, so it is not there; or the next try would find it in its way.
    if (!named) remove_leftover(to);
    return named;
}

} // namespace store
