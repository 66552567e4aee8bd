// Rows of accounts, their businesses, sessions, refresh tokens and password resets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct AccountRow {
    base::AccountId id;
    std::string email; ///< lower case
    std::string name;
    std::string password_hash;
    base::Instant created_at;
    std::int64_t version = 1;
};
/// The e-mail taken → conflict `already_exists` out of the transaction.
void insert_account(Tx& tx, AccountRow const& row);
std::optional<AccountRow> find_account(Tx& tx, base::AccountId const& id);
std::optional<AccountRow> find_account_by_email(Tx& tx, std::string_view email);
/// With its lock until the end of the transaction.
std::optional<AccountRow> lock_account(Tx& tx, base::AccountId const& id);
void set_password_hash(Tx& tx, base::AccountId const& id, std::string_view hash);
void set_account_name(Tx& tx, base::AccountId const& id, std::string_view name);

/// For an operator's list.
struct AccountSummary {
    std::string email;
    std::string name;
    base::Instant created_at;
    std::int64_t businesses = 0;
    std::int64_t live_sessions = 0;
};
/// In order of their e-mails.
std::vector<AccountSummary> account_summaries(Tx& tx, base::Instant now);

struct MembershipRow {
    base::BusinessId business;
    std::string business_name;
    std::string role;
    bool sandbox = false;
};
void insert_membership(Tx& tx, base::BusinessId const& business, base::AccountId const& account, std::string_view role,
                       base::Instant now);
/// Oldest first.
std::vector<MembershipRow> memberships(Tx& tx, base::AccountId const& account);

/// One login on one device.
struct SessionRow {
    base::SessionId id;
    base::AccountId account;
    base::BusinessId business;
    std::string user_agent;
    std::string remote_address;
    base::Instant created_at;
    base::Instant used_at;
    base::Instant expires_at;
    std::optional<base::Instant> revoked_at = {};
};
void insert_session(Tx& tx, SessionRow const& row);
/// With its lock until the end of the transaction.
std::optional<SessionRow> lock_session(Tx& tx, base::SessionId const& id);
/// In time, not revoked, and of an account that (still) belongs to `business`.
bool session_is_live(Tx& tx, base::SessionId const& id, base::BusinessId const& business, base::Instant now);
/// Not revoked and not expired, newest first.
std::vector<SessionRow> live_sessions(Tx& tx, base::AccountId const& account, base::Instant now);
void touch_session(Tx& tx, base::SessionId const& id, base::Instant now);
void set_session_business(Tx& tx, base::SessionId const& id, base::BusinessId const& business);
void revoke_session(Tx& tx, base::SessionId const& id, base::Instant now, std::string_view why);
void revoke_sessions(Tx& tx, base::AccountId const& account, std::optional<base::SessionId> const& except,
                     base::Instant now, std::string_view why);

struct RefreshTokenRow {
    std::string hash;
    base::SessionId session;
    base::Instant issued_at;
    base::Instant expires_at;
    std::optional<base::Instant> used_at = {};
};
/// False when it is there already.
bool insert_refresh_token(Tx& tx, RefreshTokenRow const& row);
std::optional<RefreshTokenRow> find_refresh_token(Tx& tx, std::string_view hash);
void mark_refresh_token_used(Tx& tx, std::string_view hash, base::Instant now);

/// The same hash again changes nothing.
void insert_password_reset(Tx& tx, std::string_view hash, base::AccountId const& account, base::Instant expires_at);
/// Whose it is, while it may be used.
std::optional<base::AccountId> find_password_reset(Tx& tx, std::string_view hash, base::Instant now);
/// Uses it up: of two who come at the same moment one is answered.
std::optional<base::AccountId> take_password_reset(Tx& tx, std::string_view hash, base::Instant now);
void use_up_password_resets(Tx& tx, base::AccountId const& account, base::Instant now);

/// Deletes refresh tokens, sessions and password resets that expired before; at most 10 000 of each. Answers how many.
std::int64_t trim_logins(Tx& tx, base::Instant before);

} // namespace store
