#include "accounts/accounts.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace accounts {
namespace {

constexpr auto token_bytes = std::size_t{32};
constexpr auto longest_email = std::size_t{254};
constexpr auto longest_agent = std::size_t{200};

std::string hash_of(std::string const& refresh_token) { return base::hash(refresh_token); }

tl::unexpected<base::Error> refresh_invalid() {
    return base::fail(base::Fault::unauthorized, "refresh_invalid", "the refresh token is not valid any more");
}

tl::unexpected<base::Error> wrong_credentials() {
    return base::fail(base::Fault::unauthorized, "wrong_credentials", "e-mail or password is wrong");
}

bool is_email_character(char c) {
    return c > ' ' && c < 0x7f && c != '@' && c != ',' && c != ';' && c != '<' && c != '>' && c != '"';
}

bool looks_like_email(std::string_view text) {
    auto at = text.find('@');
    if (at == std::string_view::npos || at == 0) return false;
    auto host = text.substr(at + 1);
    auto dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == host.size()) return false;
    return std::ranges::all_of(text.substr(0, at), is_email_character) &&
           std::ranges::all_of(host, is_email_character) && host.find("..") == std::string_view::npos;
}

/// A use that lies ahead was before the clock was set back, nobody knows how long.
bool is_past_grace(base::Instant used_at, base::Instant now) {
    return used_at + reuse_grace <= now || used_at - reuse_grace > now;
}

} // namespace

base::Result<std::string> clean_email(std::string_view text) {
    auto cleaned = base::clean_text(text, {3, longest_email, false});
    auto email = cleaned ? *cleaned : std::string();
    std::ranges::transform(email, email.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (email.size() > longest_email || !looks_like_email(email)) {
        return base::fail_field("email", "invalid_email", "must be an e-mail address such as ana@example.com");
    }
    return email;
}

Accounts::Accounts(store::Database& database, base::Clock const& system_clock, base::Random& random,
                   Tokens const& tokens, std::string refresh_key)
    : database_(database), clock_(system_clock), random_(random), tokens_(tokens),
      refresh_key_(std::move(refresh_key)) {}

base::Result<store::AccountRow> Accounts::add(store::Tx& tx, std::string const& email, std::string const& name,
                                              std::string const& password_hash) {
    if (store::find_account_by_email(tx, email)) {
        return base::fail(base::Fault::conflict, "email_taken", "there is an account with this e-mail already");
    }
    auto now = clock_.now();
    auto row = store::AccountRow{base::AccountId::make(now, random_), email, name, password_hash, now};
    store::insert_account(tx, row);
    return row;
}

Grant Accounts::open_session(store::Tx& tx, store::AccountRow const& account, base::BusinessId const& business,
                             Device const& device) {
    auto now = clock_.now();
    auto session = store::SessionRow{.id = base::SessionId::make(now, random_),
                                     .account = account.id,
                                     .business = business,
                                     .user_agent = base::truncate(device.user_agent, longest_agent),
                                     .remote_address = device.remote_address,
                                     .created_at = now,
                                     .used_at = now,
                                     .expires_at = now + session_time};
    store::insert_session(tx, session);
    auto token = base::random_token(random_, token_bytes);
    auto expires = now + idle_time;
    store::insert_refresh_token(tx, {hash_of(token), session.id, now, expires});
    return {access_token(session, "owner"), token, expires, account, business, session.id};
}

base::Result<Grant> Accounts::login(std::string const& email, std::string const& password, Device const& device) {
    using Found = std::optional<store::AccountRow>;
    TRY(auto account,
        database_.read([&](store::Tx& tx) -> base::Result<Found> { return store::find_account_by_email(tx, email); }));
    if (!account) {
        TRY_VOID(passwords_.pretend(password));
        return wrong_credentials();
    }
    TRY(auto matches, passwords_.matches(password, account->password_hash));
    if (!matches) return wrong_credentials();
    return database_.write([&](store::Tx& tx) -> base::Result<Grant> {
        auto businesses = store::memberships(tx, account->id);
        if (businesses.empty()) return wrong_credentials();
        return open_session(tx, *account, businesses.front().business, device);
    });
}

base::Result<Grant> Accounts::refresh(std::string const& refresh_token) {
    // A stolen token ends its family, so the revocation must be committed although the answer is a refusal.
    auto stolen = false;
    auto granted = database_.write([&](store::Tx& tx) -> base::Result<std::optional<Grant>> {
        stolen = false;
        auto now = clock_.now();
        auto known = store::find_refresh_token(tx, hash_of(refresh_token));
        if (!known) return refresh_invalid();
        auto session = store::lock_session(tx, known->session);
        if (!session || session->revoked_at || session->expires_at <= now || known->expires_at <= now) {
            return refresh_invalid();
        }
        // Read again with the session locked: another request may have used it meanwhile.
        known = store::find_refresh_token(tx, known->hash);
        if (known->used_at && is_past_grace(*known->used_at, now)) {
            store::revoke_session(tx, session->id, now, "token_reused");
            stolen = true;
            return std::optional<Grant>();
        }
        auto next = successor_of(refresh_token);
        auto expires = std::min(session->expires_at, now + idle_time);
        store::mark_refresh_token_used(tx, known->hash, now);
        store::insert_refresh_token(tx, {hash_of(next), session->id, now, expires});
        store::touch_session(tx, session->id, now);
        TRY(auto fresh, grant(tx, *session, next, expires));
        return std::optional(std::move(fresh));
    });
    if (!granted) return base::fail(granted.error());
    if (stolen || !*granted) {
        return base::fail(base::Fault::unauthorized, "token_reused",
                          "this refresh token was used before: the session has been ended");
    }
    return **std::move(granted);
}

base::Result<void> Accounts::logout(std::string const& refresh_token) {
    return database_.write([&](store::Tx& tx) -> base::Result<void> {
        auto known = store::find_refresh_token(tx, hash_of(refresh_token));
        if (known) store::revoke_session(tx, known->session, clock_.now(), "logout");
        return {};
    });
}

base::Result<Grant> Accounts::switch_business(base::SessionId const& id, base::BusinessId const& business) {
    return database_.write([&](store::Tx& tx) -> base::Result<Grant> {
        auto session = store::lock_session(tx, id);
        if (!session) return refresh_invalid();
        auto businesses = store::memberships(tx, session->account);
        auto member = std::ranges::any_of(businesses, [&](auto const& m) { return m.business == business; });
        if (!member) return base::fail(base::Fault::not_found, "not_found", "no such business");
        store::set_session_business(tx, id, business);
        session->business = business;
        return grant(tx, *session, {}, session->expires_at);
    });
}

base::Result<std::vector<store::SessionRow>> Accounts::sessions(base::AccountId const& account) {
    using Rows = std::vector<store::SessionRow>;
    return database_.read(
        [&](store::Tx& tx) -> base::Result<Rows> { return store::live_sessions(tx, account, clock_.now()); });
}

base::Result<void> Accounts::revoke(base::AccountId const& account, base::SessionId const& session) {
    return database_.write([&](store::Tx& tx) -> base::Result<void> {
        auto found = store::lock_session(tx, session);
        if (!found || found->account != account || found->revoked_at) {
            return base::fail(base::Fault::not_found, "not_found", "no such session");
        }
        store::revoke_session(tx, session, clock_.now(), "revoked");
        return {};
    });
}

base::Result<Claims> Accounts::authenticate(std::string_view token) {
    auto now = clock_.now();
    TRY(auto claims, tokens_.check(token, now));
    TRY(auto live, database_.glance([&](store::Tx& tx) -> base::Result<bool> {
        return store::session_is_live(tx, claims.session, claims.business, now);
    }));
    if (!live) return base::fail(base::Fault::unauthorized, "token_invalid", "the session has ended");
    return claims;
}

std::string Accounts::access_token(store::SessionRow const& session, std::string const& role) const {
    return tokens_.issue({session.account, session.business, session.id, role, clock_.now() + access_token_time});
}

base::Result<Grant> Accounts::grant(store::Tx& tx, store::SessionRow const& session, std::string refresh_token,
                                    base::Instant refresh_expires_at) {
    auto account = store::find_account(tx, session.account);
    if (!account) return refresh_invalid();
    return Grant{access_token(session, "owner"),
                 std::move(refresh_token),
                 refresh_expires_at,
                 *std::move(account),
                 session.business,
                 session.id};
}

std::string Accounts::successor_of(std::string const& refresh_token) const {
    return base::keyed_hash(refresh_token, refresh_key_);
}

} // namespace accounts
