-- v3 (compatible with v1+): passwords are set anew by mail. An older program ignores both.

-- What a mailed link opens, once and for a short time. Who has the link has the token; here is only its hash.
CREATE TABLE password_reset (
    hash TEXT NOT NULL PRIMARY KEY,        -- BLAKE2b of the token
    account_id TEXT NOT NULL REFERENCES account (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER                        -- or made useless by another change of the password
) STRICT;
CREATE INDEX password_reset_by_account ON password_reset (account_id);
CREATE INDEX password_reset_by_age ON password_reset (expires_at);

-- For throwing away what has expired.
CREATE INDEX refresh_token_by_age ON refresh_token (expires_at);
