// Passwords: argon2id of libsodium (OWASP: at least 19 MiB and two passes). Hashing is slow and hungry on purpose, so
// only a few run at a time, and who would wait too long is sent away.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"

namespace accounts {

/// Code points; nothing else is demanded of a password, and nothing is cut off.
inline constexpr base::TextRule password_text{10, 128, false};

/// Whose password it is to be.
struct Person {
    std::string_view email;
    std::string_view name;
};

/// Too short, too long (`too_short`, `too_long`), among the passwords that everybody tries (`too_common`), or no more
/// than the account's own e-mail or name, whatever figures and signs stand around it (`too_personal`).
base::Result<void> check_password(std::string_view password, Person const& person);

class Passwords {
public:
    /// `at_once`: hashes that may run side by side, 28 MiB each.
    explicit Passwords(unsigned at_once = 2) : free_(at_once) {}
    /// unavailable `busy` when too many wait, or for too long (5 s).
    base::Result<std::string> hash(std::string_view password);
    base::Result<bool> matches(std::string_view password, std::string_view hash);
    /// Takes as long as matches(): for an e-mail that nobody has, so that the time tells nothing.
    base::Result<void> pretend(std::string_view password);

private:
    base::Result<void> enter();
    void leave();

    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned free_;
    unsigned waiting_ = 0;
};

} // namespace accounts
