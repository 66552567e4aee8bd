// Who may come in: sign-up, login, refresh with detection of stolen tokens, switching between businesses, sessions,
// new passwords. All times here are system time. Refusals: unauthorized `wrong_credentials`, `refresh_invalid`,
// `token_reused`; conflict `email_taken`; not_found for a business or session that is not the account's; what
// check_password() says of a new password.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/passwords.hpp"
#include "accounts/tokens.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "store/account.hpp"
#include "store/database.hpp"

namespace accounts {

/// A session ends after 14 days without use, and 60 days after the login at the latest.
inline constexpr auto idle_time = std::chrono::hours(24 * 14);
inline constexpr auto session_time = std::chrono::hours(24 * 60);
/// A client whose answer was lost may use the same refresh token again within this time and gets the same successor.
inline constexpr auto reuse_grace = std::chrono::seconds(10);

/// Lower-cased and shaped like name@host.tld, at most 254 bytes; invalid `invalid_email` on field `email` otherwise.
base::Result<std::string> clean_email(std::string_view text);

struct Device {
    std::string user_agent;
    std::string remote_address;
};

/// What a login gives: a short access token and the refresh token for the cookie.
struct Grant {
    std::string access_token;
    std::string refresh_token;
    base::Instant refresh_expires_at;
    store::AccountRow account;
    base::BusinessId business;
    base::SessionId session;
};

class Accounts {
public:
    /// `refresh_key` (32 bytes) derives the successor of a refresh token, so it need not be stored to be given again.
    Accounts(store::Database& database, base::Clock const& system_clock, base::Random& random, Tokens const& tokens,
             std::string refresh_key);

    /// Makes an account within the caller's transaction; `password_hash` comes from passwords().
    base::Result<store::AccountRow> add(store::Tx& tx, std::string const& email, std::string const& name,
                                        std::string const& password_hash);
    /// Opens a session of the account in this business.
    Grant open_session(store::Tx& tx, store::AccountRow const& account, base::BusinessId const& business,
                       Device const& device);

    base::Result<Grant> login(std::string const& email, std::string const& password, Device const& device);
    base::Result<Grant> refresh(std::string const& refresh_token);
    /// Ends the session of this refresh token; an unknown one is fine.
    base::Result<void> logout(std::string const& refresh_token);
    base::Result<Grant> switch_business(base::SessionId const& session, base::BusinessId const& business);

    base::Result<std::vector<store::SessionRow>> sessions(base::AccountId const& account);
    base::Result<void> revoke(base::AccountId const& account, base::SessionId const& session);
    /// unauthorized `token_invalid` unless signed, in time, and of a session that still lives.
    base::Result<Claims> authenticate(std::string_view access_token);
    /// Sets a new password and ends all sessions; not_found for an unknown e-mail.
    base::Result<void> reset_password(std::string const& email, std::string const& password);
    /// The same for who has a mailed token (see password_resets.hpp), once: invalid `reset_token_invalid` when it is
    /// unknown, used or too old.
    base::Result<void> reset_password_by_token(std::string const& token, std::string const& password);
    /// Sets a new password, keeps `session` and ends the others; invalid `wrong_password` on `current_password`.
    base::Result<void> change_password(base::AccountId const& id, base::SessionId const& session,
                                       std::string const& current, std::string const& password);
    /// Ends all sessions; not_found for an unknown e-mail.
    base::Result<void> end_sessions(std::string const& email);

    Passwords& passwords() { return passwords_; }

private:
    base::Result<store::AccountRow> find(std::string const& email);
    base::Result<void> set_password(store::Tx& tx, base::AccountId const& id, std::string const& hash,
                                    std::optional<base::SessionId> const& except, std::string_view why);
    std::string access_token(store::SessionRow const& session, std::string const& role) const;
    base::Result<Grant> grant(store::Tx& tx, store::SessionRow const& session, std::string refresh_token,
                              base::Instant refresh_expires_at);
    std::string successor_of(std::string const& refresh_token) const;

    store::Database& database_;
    base::Clock const& clock_;
    base::Random& random_;
    Tokens const& tokens_;
    std::string refresh_key_;
    Passwords passwords_;
};

} // namespace accounts
