#include "store/account.hpp"

namespace store {
namespace {

AccountRow account(Row const& row) {
    return {row.id<base::AccountId>(0), row.string(1), row.string(2), row.string(3), row.instant(4), row.integer(5)};
}

SessionRow session(Row const& row) {
    return {.id = row.id<base::SessionId>(0),
            .account = row.id<base::AccountId>(1),
            .business = row.id<base::BusinessId>(2),
            .user_agent = row.string(3),
            .remote_address = row.string(4),
            .created_at = row.instant(5),
            .used_at = row.instant(6),
            .expires_at = row.instant(7),
            .revoked_at = row.optional_instant(8)};
}

constexpr auto session_columns =
    "id, account_id, business_id, user_agent, remote_address, created_at, used_at, expires_at, revoked_at";

std::string select_sessions(std::string_view tail) {
    return std::string("SELECT ") + session_columns + " FROM session " + std::string(tail);
}

} // namespace

void insert_account(Tx& tx, AccountRow const& row) {
    tx.run("INSERT INTO account (id, email, name, password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
           {row.id, row.email, row.name, row.password_hash, row.created_at});
}

std::optional<AccountRow> find_account(Tx& tx, base::AccountId const& id) {
    return tx.one("SELECT id, email, name, password_hash, created_at, version FROM account WHERE id = ?1", {id},
                  account);
}

std::optional<AccountRow> find_account_by_email(Tx& tx, std::string_view email) {
    return tx.one("SELECT id, email, name, password_hash, created_at, version FROM account WHERE email = ?1", {email},
                  account);
}

std::optional<AccountRow> lock_account(Tx& tx, base::AccountId const& id) {
    constexpr auto sql = "SELECT id, email, name, password_hash, created_at, version FROM account WHERE id = ?1";
    constexpr auto locking_sql =
        "SELECT id, email, name, password_hash, created_at, version FROM account WHERE id = ?1 FOR UPDATE";
    return tx.one(tx.engine() == Engine::postgres ? locking_sql : sql, {id}, account);
}

void set_password_hash(Tx& tx, base::AccountId const& id, std::string_view hash) {
    tx.run("UPDATE account SET password_hash = ?2, version = version + 1 WHERE id = ?1", {id, hash});
}

void set_account_name(Tx& tx, base::AccountId const& id, std::string_view name) {
    tx.run("UPDATE account SET name = ?2, version = version + 1 WHERE id = ?1", {id, name});
}

std::vector<AccountSummary> account_summaries(Tx& tx, base::Instant now) {
    return tx.all("SELECT email, name, created_at, "
                  "(SELECT count(*) FROM membership WHERE account_id = account.id), "
                  "(SELECT count(*) FROM session WHERE account_id = account.id AND revoked_at IS NULL "
                  "AND expires_at > ?1) "
                  "FROM account ORDER BY email",
                  {now}, [](Row const& row) {
                      return AccountSummary{row.string(0), row.string(1), row.instant(2), row.integer(3),
                                            row.integer(4)};
                  });
}

void insert_membership(Tx& tx, base::BusinessId const& business, base::AccountId const& account_id,
                       std::string_view role, base::Instant now) {
    tx.run("INSERT INTO membership (business_id, account_id, role, created_at) VALUES (?1, ?2, ?3, ?4)",
           {business, account_id, role, now});
}

std::vector<MembershipRow> memberships(Tx& tx, base::AccountId const& account_id) {
    return tx.all(
        "SELECT m.business_id, b.name, m.role, b.sandbox_of_id FROM membership m "
        "JOIN business b ON b.id = m.business_id WHERE m.account_id = ?1 ORDER BY m.created_at, m.business_id",
        {account_id}, [](Row const& row) {
            return MembershipRow{row.id<base::BusinessId>(0), row.string(1), row.string(2), !row.is_null(3)};
        });
}

void insert_session(Tx& tx, SessionRow const& row) {
    tx.run("INSERT INTO session (id, account_id, business_id, user_agent, remote_address, created_at, used_at, "
           "expires_at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
           {row.id, row.account, row.business, row.user_agent, row.remote_address, row.created_at, row.used_at,
            row.expires_at});
}

std::optional<SessionRow> lock_session(Tx& tx, base::SessionId const& id) {
    static auto const sql = select_sessions("WHERE id = ?1");
    static auto const locking_sql = sql + " FOR UPDATE";
    return tx.one(tx.engine() == Engine::postgres ? locking_sql : sql, {id}, session);
}

bool session_is_live(Tx& tx, base::SessionId const& id, base::BusinessId const& business, base::Instant now) {
    return tx
        .one("SELECT 1 FROM session s "
             "JOIN membership m ON m.business_id = ?2 AND m.account_id = s.account_id "
             "WHERE s.id = ?1 AND s.revoked_at IS NULL AND s.expires_at > ?3",
             {id, business, now}, [](Row const&) { return true; })
        .has_value();
}

std::vector<SessionRow> live_sessions(Tx& tx, base::AccountId const& account_id, base::Instant now) {
    static auto const sql = select_sessions(
        "WHERE account_id = ?1 AND revoked_at IS NULL AND expires_at > ?2 ORDER BY created_at DESC, id");
    return tx.all(sql, {account_id, now}, session);
}

void touch_session(Tx& tx, base::SessionId const& id, base::Instant now) {
    tx.run("UPDATE session SET used_at = ?2 WHERE id = ?1", {id, now});
}

void set_session_business(Tx& tx, base::SessionId const& id, base::BusinessId const& business) {
    tx.run("UPDATE session SET business_id = ?2 WHERE id = ?1", {id, business});
}

void revoke_session(Tx& tx, base::SessionId const& id, base::Instant now, std::string_view why) {
    tx.run("UPDATE session SET revoked_at = ?2, revoked_why = ?3 WHERE id = ?1 AND revoked_at IS NULL", {id, now, why});
}

void revoke_sessions(Tx& tx, base::AccountId const& account_id, std::optional<base::SessionId> const& except,
                     base::Instant now, std::string_view why) {
    tx.run("UPDATE session SET revoked_at = ?2, revoked_why = ?3 WHERE account_id = ?1 AND revoked_at IS NULL AND id "
           "<> ?4",
           {account_id, now, why, except ? except->text() : std::string()});
}

bool insert_refresh_token(Tx& tx, RefreshTokenRow const& row) {
    return tx.run("INSERT INTO refresh_token (hash, session_id, issued_at, expires_at) VALUES (?1, ?2, ?3, ?4) "
                  "ON CONFLICT (hash) DO NOTHING",
                  {row.hash, row.session, row.issued_at, row.expires_at}) == 1;
}

std::optional<RefreshTokenRow> find_refresh_token(Tx& tx, std::string_view hash) {
    return tx.one("SELECT hash, session_id, issued_at, expires_at, used_at FROM refresh_token WHERE hash = ?1", {hash},
                  [](Row const& row) {
                      return RefreshTokenRow{row.string(0), row.id<base::SessionId>(1), row.instant(2), row.instant(3),
                                             row.optional_instant(4)};
                  });
}

void mark_refresh_token_used(Tx& tx, std::string_view hash, base::Instant now) {
    tx.run("UPDATE refresh_token SET used_at = ?2 WHERE hash = ?1 AND used_at IS NULL", {hash, now});
}

void insert_password_reset(Tx& tx, std::string_view hash, base::AccountId const& account_id, base::Instant expires_at) {
    tx.run("INSERT INTO password_reset (hash, account_id, expires_at) VALUES (?1, ?2, ?3) "
           "ON CONFLICT (hash) DO NOTHING",
           {hash, account_id, expires_at});
}

std::optional<base::AccountId> find_password_reset(Tx& tx, std::string_view hash, base::Instant now) {
    return tx.one("SELECT account_id FROM password_reset WHERE hash = ?1 AND expires_at > ?2 AND used_at IS NULL",
                  {hash, now}, [](Row const& row) { return row.id<base::AccountId>(0); });
}

std::optional<base::AccountId> take_password_reset(Tx& tx, std::string_view hash, base::Instant now) {
    return tx.one("UPDATE password_reset SET used_at = ?2 WHERE hash = ?1 AND expires_at > ?2 AND used_at IS NULL "
                  "RETURNING account_id",
                  {hash, now}, [](Row const& row) { return row.id<base::AccountId>(0); });
}

void use_up_password_resets(Tx& tx, base::AccountId const& account_id, base::Instant now) {
    tx.run("UPDATE password_reset SET used_at = ?2 WHERE account_id = ?1 AND used_at IS NULL", {account_id, now});
}

std::int64_t trim_logins(Tx& tx, base::Instant before) {
    auto trimmed = tx.run("DELETE FROM password_reset WHERE hash IN "
                          "(SELECT hash FROM password_reset WHERE expires_at < ?1 LIMIT 10000)",
                          {before});
    trimmed += tx.run("DELETE FROM refresh_token WHERE hash IN "
                      "(SELECT hash FROM refresh_token WHERE expires_at < ?1 LIMIT 10000)",
                      {before});
    return trimmed + tx.run("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at < ?1 "
                            "AND NOT EXISTS (SELECT 1 FROM refresh_token WHERE session_id = session.id) LIMIT 10000)",
                            {before});
}

} // namespace store
