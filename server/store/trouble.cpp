#include "store/trouble.hpp"

#include "base/log.hpp"

namespace store {
namespace {

constexpr auto time_between_lines = std::chrono::seconds(10);

bool passes(Failure const& failure) {
    return failure.kind() == Failure::Kind::unavailable || failure.kind() == Failure::Kind::retry;
}

} // namespace

base::Error Trouble::met(Failure const& failure) {
    auto error = error_of(failure);
    if (!passes(failure)) return error;
    error.message = "the database cannot do this now; try again soon";
    auto const lock = std::scoped_lock(mutex_);
    auto const now = std::chrono::steady_clock::now();
    if (met_ && now - told_at_ < time_between_lines) return error;
    met_ = true;
    told_at_ = now;
    base::log::error("database.unavailable", {{"code", error.code}, {"why", failure.what()}});
    return error;
}

void Trouble::over() {
    auto const lock = std::scoped_lock(mutex_);
    if (!met_ || std::chrono::steady_clock::now() - told_at_ < time_between_lines) return;
    met_ = false;
    base::log::info("database.available");
}

} // namespace store
