// The ways to a new password: by knowing the present one, by a mailed token, by the operator.
#include "accounts/accounts.hpp"
#include "base/hash.hpp"

namespace accounts {
namespace {

tl::unexpected<base::Error> no_such_account() {
    return base::fail(base::Fault::not_found, "not_found", "there is no account with this e-mail");
}

tl::unexpected<base::Error> useless_token() {
    auto const* const sentence = "the link was used already, or is older than 30 minutes: ask for a new one";
    return base::fail(
        {base::Fault::invalid, "reset_token_invalid", sentence, {{"token", "reset_token_invalid", sentence}}});
}

tl::unexpected<base::Error> wrong_password() {
    return base::fail_field("current_password", "wrong_password", "is not the present password");
}

} // namespace

base::Result<void> Accounts::reset_password(std::string const& email, std::string const& password) {
    TRY(auto account, find(email));
    TRY_VOID(check_password(password, {account.email, account.name}));
    TRY(auto hash, passwords_.hash(password));
    return database_.write(
        [&](store::Tx& tx) { return set_password(tx, account.id, hash, std::nullopt, "password_reset"); });
}

base::Result<void> Accounts::reset_password_by_token(std::string const& token, std::string const& password) {
    auto const key = base::hash(token);
    TRY(auto account, database_.read([&](store::Tx& tx) -> base::Result<store::AccountRow> {
        auto id = store::find_password_reset(tx, key, clock_.now());
        auto row = id ? store::find_account(tx, *id) : std::nullopt;
        if (!row) return useless_token();
        return *std::move(row);
    }));
    TRY_VOID(check_password(password, {account.email, account.name}));
    TRY(auto hash, passwords_.hash(password));
    return database_.write([&](store::Tx& tx) -> base::Result<void> {
        if (!store::take_password_reset(tx, key, clock_.now())) return useless_token();
        return set_password(tx, account.id, hash, std::nullopt, "password_reset");
    });
}

base::Result<void> Accounts::change_password(base::AccountId const& id, base::SessionId const& session,
                                             std::string const& current, std::string const& password) {
    TRY(auto account, database_.read([&](store::Tx& tx) -> base::Result<store::AccountRow> {
        auto row = store::find_account(tx, id);
        if (!row) return no_such_account();
        return *std::move(row);
    }));
    TRY(auto matches, passwords_.matches(current, account.password_hash));
    if (!matches) return wrong_password();
    TRY_VOID(check_password(password, {account.email, account.name}));
    TRY(auto hash, passwords_.hash(password));
    return database_.write([&](store::Tx& tx) -> base::Result<void> {
        // Another change came in between: what was the present password is not any more.
        auto now = store::lock_account(tx, id);
        if (!now || now->password_hash != account.password_hash) return wrong_password();
        return set_password(tx, id, hash, session, "password_changed");
    });
}

base::Result<void> Accounts::end_sessions(std::string const& email) {
    TRY(auto account, find(email));
    return database_.write([&](store::Tx& tx) -> base::Result<void> {
        store::revoke_sessions(tx, account.id, std::nullopt, clock_.now(), "ended_by_operator");
        return {};
    });
}

base::Result<store::AccountRow> Accounts::find(std::string const& email) {
    return database_.read([&](store::Tx& tx) -> base::Result<store::AccountRow> {
        auto account = store::find_account_by_email(tx, email);
        if (!account) return no_such_account();
        return *std::move(account);
    });
}

/// Whoever had the old password or a mailed token is out.
base::Result<void> Accounts::set_password(store::Tx& tx, base::AccountId const& id, std::string const& hash,
                                          std::optional<base::SessionId> const& except, std::string_view why) {
    auto const now = clock_.now();
    store::set_password_hash(tx, id, hash);
    store::use_up_password_resets(tx, id, now);
    store::revoke_sessions(tx, id, except, now, why);
    return {};
}

} // namespace accounts
