#include "accounts/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "accounts/common_passwords.hpp"

namespace accounts {
namespace {

constexpr auto passes = 3ULL;
constexpr auto memory = std::size_t{28} * 1024 * 1024;
constexpr auto longest_queue = 32U;
constexpr auto longest_wait = std::chrono::seconds(5);

/// The words of common_passwords.txt.
std::vector<std::string_view> read_common() {
    auto words = std::vector<std::string_view>();
    for (auto rest = common_passwords(); !rest.empty();) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.starts_with('#')) continue;
        for (auto at = std::size_t{0}; at < line.size(); at = std::min(line.find(' ', at), line.size() - 1) + 1) {
            words.push_back(line.substr(at, line.find(' ', at) - at));
        }
    }
    std::ranges::sort(words);
    return words;
}

bool is_common(std::string_view password) {
    static auto const words = read_common();
    return std::ranges::binary_search(words, std::string_view(base::fold(password)));
}

/// What is left of a text without capitals, accents, figures, signs and blanks.
std::string letters_of(std::string_view text) {
    auto letters = base::fold(text);
    std::erase_if(letters, [](char c) { return static_cast<unsigned char>(c) < 0x80 && (c < 'a' || c > 'z'); });
    return letters;
}

bool is_personal(std::string_view password, Person const& person) {
    auto const letters = letters_of(password);
    auto const local = person.email.substr(0, person.email.find('@'));
    auto const is_all_of = [&](std::string_view own) { return letters == letters_of(own); };
    return !letters.empty() && (is_all_of(person.email) || is_all_of(local) || is_all_of(person.name));
}

tl::unexpected<base::Error> too_many() {
    return base::fail(base::Fault::unavailable, "busy", "too many people are signing in right now");
}

void start_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

} // namespace

base::Result<void> check_password(std::string_view password, Person const& person) {
    auto length = base::length_in_code_points(password);
    if (length < password_text.min) {
        return base::fail_field("password", "too_short", "must have at least 10 characters");
    }
    if (length > password_text.max) return base::fail_field("password", "too_long", "must have at most 128 characters");
    if (is_common(password)) {
        return base::fail_field("password", "too_common", "is among the passwords that are tried first");
    }
    if (is_personal(password, person)) {
        return base::fail_field("password", "too_personal", "must be more than the e-mail or the name of the account");
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
    if (waiting_ >= longest_queue) return too_many();
    ++waiting_;
    auto const came = changed_.wait_for(lock, longest_wait, [&] { return free_ > 0; });
    --waiting_;
    if (!came) return too_many();
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
