-- The whole newest schema in one piece: what a database looks like after all of migrations/. Whoever adds a migration
-- changes this file too; a test compares the two on both engines. The dialects are marked as in the migrations.
-- One text for both engines: for PostgreSQL, INTEGER becomes BIGINT and STRICT falls away; parts between
-- `-- sqlite:` or `-- postgres:` and `-- end` are for one engine only.
-- *_at: milliseconds UTC. *_minutes, *_minor: integers. Flags: 0 or 1. JSON is TEXT, read by its room alone.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    email TEXT NOT NULL UNIQUE,            -- lower case
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE business (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    hours_version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    timezone TEXT NOT NULL,
    locale TEXT NOT NULL,
    tone TEXT NOT NULL,
    currency TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    facts TEXT NOT NULL DEFAULT '[]',
    slot_step_minutes INTEGER NOT NULL,
    min_notice_minutes INTEGER NOT NULL,
    horizon_days INTEGER NOT NULL,
    cancel_notice_minutes INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    assistant_mode TEXT NOT NULL,
    assistant_name TEXT NOT NULL DEFAULT '',
    greeting TEXT NOT NULL DEFAULT '',
    auto_confirm INTEGER NOT NULL DEFAULT 0,
    owner_approves INTEGER NOT NULL DEFAULT 0,
    paused_until_at INTEGER,
    reminders TEXT NOT NULL DEFAULT '{}',
    onboarding_step INTEGER NOT NULL DEFAULT 1,
    onboarding_completed_at INTEGER,
    activated_at INTEGER,
    created_at INTEGER NOT NULL,
    sandbox_of_id TEXT REFERENCES business (id),
    sandbox_ends_at INTEGER                -- system time
) STRICT;
CREATE INDEX business_by_sandbox ON business (sandbox_of_id, sandbox_ends_at) WHERE sandbox_of_id IS NOT NULL;

CREATE TABLE membership (
    business_id TEXT NOT NULL REFERENCES business (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,                    -- owner
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, account_id)
) STRICT;
CREATE INDEX membership_by_account ON membership (account_id);

-- One row per login; its refresh tokens form a family.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    business_id TEXT NOT NULL REFERENCES business (id),
    user_agent TEXT NOT NULL,
    remote_address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_why TEXT
) STRICT;
CREATE INDEX session_by_account ON session (account_id, created_at);

CREATE TABLE refresh_token (
    hash TEXT NOT NULL PRIMARY KEY,        -- BLAKE2b of the token
    session_id TEXT NOT NULL REFERENCES session (id),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER                        -- its successor is derived from it, so a lost answer can be given again
) STRICT;
CREATE INDEX refresh_token_by_session ON refresh_token (session_id);
CREATE INDEX refresh_token_by_age ON refresh_token (expires_at);

-- What a mailed link opens, once and for a short time. Who has the link has the token; here is only its hash.
CREATE TABLE password_reset (
    hash TEXT NOT NULL PRIMARY KEY,        -- BLAKE2b of the token
    account_id TEXT NOT NULL REFERENCES account (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER                        -- or made useless by another change of the password
) STRICT;
CREATE INDEX password_reset_by_account ON password_reset (account_id);
CREATE INDEX password_reset_by_age ON password_reset (expires_at);

CREATE TABLE staff (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    color TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1,
    own_hours INTEGER NOT NULL DEFAULT 0,  -- 1: weekly_hours has her own (perhaps no row: never)
    position INTEGER NOT NULL,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id)
) STRICT;

-- staff_id '' = the business itself.
CREATE TABLE weekly_hours (
    business_id TEXT NOT NULL REFERENCES business (id),
    staff_id TEXT NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- 0 = Monday
    from_minutes INTEGER NOT NULL,
    to_minutes INTEGER NOT NULL,
    PRIMARY KEY (business_id, staff_id, weekday, from_minutes),
    CHECK (0 <= from_minutes AND from_minutes < to_minutes AND to_minutes <= 1440)
) STRICT;

CREATE TABLE hours_exception (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    staff_id TEXT,
    date TEXT NOT NULL,
    hours TEXT NOT NULL,                   -- '' closed, else '540-840 960-1200'
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id),
    FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id)
) STRICT;
-- One for everybody and one for each person a date.
CREATE UNIQUE INDEX hours_exception_by_date ON hours_exception (business_id, date, COALESCE(staff_id, ''));

CREATE TABLE block (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    staff_id TEXT,                         -- null: everybody
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id),
    CHECK (starts_at < ends_at),
    FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id)
) STRICT;
CREATE INDEX block_by_end ON block (business_id, ends_at);

CREATE TABLE service (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    category TEXT NOT NULL DEFAULT '',
    synonyms TEXT NOT NULL DEFAULT '[]',
    duration_minutes INTEGER NOT NULL CHECK (duration_minutes BETWEEN 5 AND 720),
    buffer_before_minutes INTEGER NOT NULL CHECK (buffer_before_minutes BETWEEN 0 AND 240),
    buffer_after_minutes INTEGER NOT NULL CHECK (buffer_after_minutes BETWEEN 0 AND 240),
    price_minor INTEGER,
    price_kind TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    everyone INTEGER NOT NULL DEFAULT 1,   -- 0: those in service_staff
    position INTEGER NOT NULL,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id)
) STRICT;
CREATE UNIQUE INDEX service_by_name ON service (business_id, name_folded) WHERE archived_at IS NULL;

CREATE TABLE service_staff (
    business_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    PRIMARY KEY (business_id, service_id, staff_id),
    FOREIGN KEY (business_id, service_id) REFERENCES service (business_id, id),
    FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id)
) STRICT;

CREATE TABLE customer (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT,                             -- null: not known yet
    name_folded TEXT NOT NULL DEFAULT '',
    phone TEXT,                            -- E.164 as given
    phone_canonical TEXT,                  -- for comparison
    language TEXT NOT NULL DEFAULT '',     -- of her last message: es, en
    notes TEXT NOT NULL DEFAULT '',
    opt_out_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id)
) STRICT;
CREATE UNIQUE INDEX customer_by_phone ON customer (business_id, phone_canonical) WHERE phone_canonical IS NOT NULL;

-- How a customer is reached: opaque text, compared and never parsed. Many addresses, one customer.
CREATE TABLE customer_address (
    business_id TEXT NOT NULL,
    kind TEXT NOT NULL,                    -- phone, lid
    value TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, kind, value),
    FOREIGN KEY (business_id, customer_id) REFERENCES customer (business_id, id)
) STRICT;
CREATE INDEX customer_address_by_customer ON customer_address (business_id, customer_id);

CREATE TABLE booking (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    service_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    customer_name TEXT NOT NULL,           -- who comes: a mother books for her daughter
    customer_name_folded TEXT NOT NULL DEFAULT '', -- this and notes_folded: as base::fold writes them, for searching
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    occupied_from INTEGER NOT NULL,        -- with buffers: what the chair is taken for
    occupied_to INTEGER NOT NULL,
    local_start TEXT NOT NULL,             -- wall time and zone as agreed: '2026-10-22T10:00'
    timezone TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'confirmed', 'completed', 'cancelled', 'no_show')),
    origin TEXT NOT NULL,                  -- assistant, guided, owner, web, google, import, api
    price_minor INTEGER,
    notes TEXT NOT NULL DEFAULT '',
    notes_folded TEXT NOT NULL DEFAULT '',
    attendance_confirmed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id),
    CHECK (occupied_from <= starts_at AND starts_at < ends_at AND ends_at <= occupied_to),
    CHECK (occupied_to - occupied_from <= 86400000),
    FOREIGN KEY (business_id, service_id) REFERENCES service (business_id, id),
    FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id),
    FOREIGN KEY (business_id, customer_id) REFERENCES customer (business_id, id)
-- postgres:
    , CONSTRAINT booking_overlap EXCLUDE USING gist (
        business_id WITH =, staff_id WITH =, int8range(occupied_from, occupied_to) WITH &&)
        WHERE (status IN ('pending', 'confirmed'))
-- end
) STRICT;
CREATE INDEX booking_by_start ON booking (business_id, starts_at);
CREATE INDEX booking_by_customer ON booking (business_id, customer_id, starts_at);
CREATE INDEX booking_by_chair ON booking (business_id, staff_id, occupied_from) WHERE status IN ('pending', 'confirmed');

-- Two people never get one chair: the database refuses, whatever the code believes. No active booking is longer than a
-- day (CHECK above), so the search looks back one day at most.
-- sqlite:
CREATE TRIGGER booking_overlap_insert BEFORE INSERT ON booking
WHEN NEW.status IN ('pending', 'confirmed') AND EXISTS (
    SELECT 1 FROM booking b
    WHERE b.business_id = NEW.business_id AND b.staff_id = NEW.staff_id AND b.status IN ('pending', 'confirmed')
      AND b.occupied_from > NEW.occupied_from - 86400000 AND b.occupied_from < NEW.occupied_to
      AND b.occupied_to > NEW.occupied_from)
BEGIN SELECT RAISE(ABORT, 'booking_overlap'); END;
CREATE TRIGGER booking_overlap_update BEFORE UPDATE OF staff_id, occupied_from, occupied_to, status ON booking
WHEN NEW.status IN ('pending', 'confirmed') AND EXISTS (
    SELECT 1 FROM booking b
    WHERE b.business_id = NEW.business_id AND b.staff_id = NEW.staff_id AND b.status IN ('pending', 'confirmed')
      AND b.id <> NEW.id
      AND b.occupied_from > NEW.occupied_from - 86400000 AND b.occupied_from < NEW.occupied_to
      AND b.occupied_to > NEW.occupied_from)
BEGIN SELECT RAISE(ABORT, 'booking_overlap'); END;
-- end

-- What happened to a booking; only added to.
CREATE TABLE booking_event (
    business_id TEXT NOT NULL,
    booking_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,                   -- customer, owner, assistant
    action TEXT NOT NULL,                  -- created, confirmed, rescheduled, cancelled, completed, no_show, changed
    details TEXT NOT NULL,                 -- JSON: what it was before
    PRIMARY KEY (business_id, booking_id, seq),
    FOREIGN KEY (business_id, booking_id) REFERENCES booking (business_id, id)
) STRICT;

-- The channel of a business: one per business.
CREATE TABLE whatsapp_session (
    business_id TEXT NOT NULL PRIMARY KEY REFERENCES business (id),
    kind TEXT NOT NULL,                    -- simulator, linked_device
    state TEXT NOT NULL,
    daily_limit INTEGER,                   -- proactive messages a day; null: unlimited
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
    business_id TEXT NOT NULL REFERENCES business (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    customer_id TEXT NOT NULL,
    channel TEXT NOT NULL,                 -- simulator, whatsapp
    address_kind TEXT NOT NULL,
    address_value TEXT NOT NULL,
    answering TEXT NOT NULL DEFAULT 'assistant',  -- assistant, owner, paused, waiting_for_owner, never
    answering_since_at INTEGER,
    answering_until_at INTEGER,            -- owner, paused: null = open
    known INTEGER NOT NULL DEFAULT 0,      -- existed before connecting: answered only on a booking intent
    disclosed_at INTEGER,                  -- when she was told that an assistant answers
    dialogue TEXT NOT NULL DEFAULT '{}',
    wake_at INTEGER,                       -- business time at which its lane has something to do; null = it rests
    unread INTEGER NOT NULL DEFAULT 0,     -- customer messages the owner has not seen
    message_seq INTEGER NOT NULL DEFAULT 0, -- number of its last message
    last_message_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id),
    UNIQUE (business_id, channel, address_kind, address_value),
    FOREIGN KEY (business_id, customer_id) REFERENCES customer (business_id, id)
) STRICT;
CREATE INDEX conversation_by_wake ON conversation (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX conversation_by_last ON conversation (business_id, last_message_at);
CREATE INDEX conversation_by_customer ON conversation (business_id, customer_id);

CREATE TABLE turn (
    business_id TEXT NOT NULL,
    id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT,                          -- answered, superseded, silent, ignored
    reason TEXT,
    PRIMARY KEY (business_id, id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversation (business_id, id)
) STRICT;
CREATE INDEX turn_by_conversation ON turn (business_id, conversation_id, opened_at);

-- The journal of a turn: what was not pure, with its result.
CREATE TABLE turn_entry (
    business_id TEXT NOT NULL,
    turn_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    tool TEXT NOT NULL,
    arguments TEXT NOT NULL,
    answer TEXT NOT NULL,
    booking_id TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (business_id, turn_id, seq),
    FOREIGN KEY (business_id, turn_id) REFERENCES turn (business_id, id)
) STRICT;

CREATE TABLE message (
    business_id TEXT NOT NULL,
    id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    seq INTEGER NOT NULL,                  -- order within the conversation, from 1
    direction TEXT NOT NULL,               -- in, out
    author TEXT NOT NULL,                  -- customer, assistant, owner_phone, owner_panel, system
    kind TEXT NOT NULL,                    -- text, audio, image, sticker, location, other
    text TEXT NOT NULL,
    status TEXT NOT NULL,                  -- received; queued, sent, delivered, read, failed, suppressed
    reason TEXT NOT NULL,                  -- out: reply, confirmation, owner, notice
    turn_id TEXT,
    booking_id TEXT,
    sent_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, id),
    FOREIGN KEY (business_id, conversation_id) REFERENCES conversation (business_id, id)
) STRICT;
CREATE UNIQUE INDEX message_by_conversation ON message (business_id, conversation_id, seq);
CREATE INDEX message_by_turn ON message (business_id, turn_id) WHERE turn_id IS NOT NULL;

-- Every message that came in, once. Message ids are chosen by the sender, so the chat and the direction belong to the key.
CREATE TABLE inbox (
    business_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    address_kind TEXT NOT NULL,
    address_value TEXT NOT NULL,
    from_owner INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    seq INTEGER NOT NULL,                  -- the message's
    turn_id TEXT,
    outcome TEXT,                          -- null = waits; answered, superseded, silent, ignored
    reason TEXT,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, channel, address_kind, address_value, from_owner, external_id),
    FOREIGN KEY (business_id, message_id) REFERENCES message (business_id, id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (business_id, conversation_id, seq) WHERE outcome IS NULL;
CREATE INDEX inbox_by_message ON inbox (business_id, message_id);

-- What we owe the customer: the ledger of everything sent.
CREATE TABLE outbox (
    business_id TEXT NOT NULL,
    message_id TEXT NOT NULL,              -- also the id on the wire, the same over retries
    conversation_id TEXT NOT NULL,
    seq INTEGER NOT NULL,                  -- the message's: what leaves first
    channel TEXT NOT NULL,
    address_kind TEXT NOT NULL,
    address_value TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    proactive INTEGER NOT NULL,            -- 1: not an answer to her; counts against the daily limit
    unasked INTEGER NOT NULL DEFAULT 0,    -- 1: she did not write first; not for whoever opted out
    keep INTEGER NOT NULL,                 -- 1: reports a write; sent even when the owner has stepped in
    state TEXT NOT NULL,                   -- queued, sending, sent, delivered, read, failed, suppressed
    why TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before_at INTEGER NOT NULL,        -- system time
    expires_at INTEGER,
    queued_at INTEGER NOT NULL,
    sent_at INTEGER,
    delivered_at INTEGER,
    read_at INTEGER,
    dedupe_key TEXT NOT NULL,
    PRIMARY KEY (business_id, message_id),
    UNIQUE (business_id, dedupe_key),
    FOREIGN KEY (business_id, message_id) REFERENCES message (business_id, id)
) STRICT;
CREATE INDEX outbox_due ON outbox (not_before_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_pending ON outbox (business_id, conversation_id, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_sent ON outbox (business_id, sent_at) WHERE proactive = 1;

-- The other side of the simulator: what a customer's phone has received.
CREATE TABLE simulator_message (
    business_id TEXT NOT NULL,
    address_value TEXT NOT NULL,
    seq INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, address_value, seq),
    UNIQUE (business_id, message_id)
) STRICT;

-- The change log: what calendars, reminders and WebSockets follow.
CREATE TABLE change_counter (
    business_id TEXT NOT NULL PRIMARY KEY REFERENCES business (id),
    seq INTEGER NOT NULL
) STRICT;
CREATE TABLE change (
    business_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (business_id, seq)
) STRICT;
CREATE INDEX change_by_age ON change (at);

-- Who may act for something, until when; epoch rises with each holder and fences the one before.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    until_at INTEGER NOT NULL
) STRICT;

CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    business_id TEXT,
    kind TEXT NOT NULL,
    unique_key TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_by TEXT,
    claimed_until_at INTEGER,
    failed_at INTEGER,
    why TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (kind, unique_key)
) STRICT;
CREATE INDEX job_due ON job (due_at) WHERE failed_at IS NULL;

CREATE TABLE idempotency (
    business_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, actor, key)
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
