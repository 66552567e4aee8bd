-- v4: sandboxes. A shadow of a business, with its configuration, to try the assistant on; thrown away when it ends.
ALTER TABLE business ADD COLUMN sandbox_of_id TEXT REFERENCES business (id);
ALTER TABLE business ADD COLUMN sandbox_ends_at INTEGER;  -- system time
CREATE INDEX business_by_sandbox ON business (sandbox_of_id, sandbox_ends_at) WHERE sandbox_of_id IS NOT NULL;
