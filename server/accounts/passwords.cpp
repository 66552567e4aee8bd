#include "accounts/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace accounts {
namespace {

constexpr auto passes = 2ULL;
constexpr auto memory = std::size_t{46} * 1024 * 1024;
constexpr auto longest_queue = 32U;

/// The ten-character-and-longer front of the lists that attackers try first.
constexpr auto common = std::to_array<std::string_view>({
    "1234567890",   "12345678910",   "0123456789",  "1234567891",   "9876543210",   "0987654321",    "1111111111",
    "0000000000",   "123123123123",  "1q2w3e4r5t",  "1qaz2wsx3edc", "qwertyuiop",   "qwerty12345",   "qwerty123456",
    "qwerty1234",   "asdfghjkl1",    "asdfghjklñ",  "password123",  "password1234", "password12345", "passw0rd123",
    "iloveyou123",  "contraseña",    "contrasena",  "contraseña1",  "contrasena1",  "contraseña123", "contrasena123",
    "micontraseña", "micontrasena",  "peluqueria",  "peluquería",   "peluqueria1",  "peluqueria123", "administrador",
    "admin12345",   "administrator", "bienvenido1", "bienvenida1",  "welcome1234",  "letmein1234",   "teamo12345",
    "barcelona1",   "realmadrid1",   "realmadrid",  "abcdefghij",   "abcdefghijk",  "aaaaaaaaaa",    "qazwsxedcr",
});

void start_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

} // namespace

base::Result<void> check_password(std::string_view password) {
    auto length = base::length_in_code_points(password);
    if (length < password_text.min) {
        return base::fail_field("password", "too_short", "must have at least 10 characters");
    }
    if (length > password_text.max) return base::fail_field("password", "too_long", "must have at most 128 characters");
    auto lower = std::string(password);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (std::ranges::find(common, lower) != common.end()) {
        return base::fail_field("password", "too_common", "is among the passwords that are tried first");
    }
    return {};
}

base::Result<std::string> Passwords::hash(std::string_view password) {
    start_sodium();
    TRY_VOID(enter());
    auto text = std::array<char, crypto_pwhash_STRBYTES>{};
    auto failed = crypto_pwhash_str(text.data(), password.data(), password.size(), passes, memory) != 0;
    leave();
    if (failed) return base::fail(base::Fault::unavailable, "busy", "not enough memory to hash a password");
    return std::string(text.data());
}

base::Result<bool> Passwords::matches(std::string_view password, std::string_view hash) {
    start_sodium();
    TRY_VOID(enter());
    auto equal = crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
    leave();
    return equal;
}

base::Result<void> Passwords::pretend(std::string_view password) {
    TRY(auto ignored, hash(password));
    static_cast<void>(ignored);
    return {};
}

base::Result<void> Passwords::enter() {
    auto lock = std::unique_lock(mutex_);
    if (waiting_ >= longest_queue) {
        return base::fail(base::Fault::unavailable, "busy", "too many people are signing in right now");
    }
    ++waiting_;
    changed_.wait(lock, [&] { return free_ > 0; });
    --waiting_;
    --free_;
    return {};
}

void Passwords::leave() {
    {
        auto lock = std::lock_guard(mutex_);
        ++free_;
    }
    changed_.notify_one();
}

} // namespace accounts
