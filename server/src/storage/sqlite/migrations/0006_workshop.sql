-- Canvases and titles that change: a request names the version that it changes. Archived canvases stay.
ALTER TABLE documents ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN changed_by TEXT;
ALTER TABLE documents ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE workshops ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE workshops ADD COLUMN changed_by TEXT;
-- In which the prompts of its canvases are (BCP 47).
ALTER TABLE workshops ADD COLUMN language TEXT NOT NULL DEFAULT 'en';

-- The participants' link is for every facilitator to share: its key is kept as it is, the others' as hashes only.
ALTER TABLE workshops ADD COLUMN participant_key TEXT;

-- People come from organisations, some of them from outside; one who was removed stays in the list of authors.
ALTER TABLE participants RENAME COLUMN department TO organisation;
ALTER TABLE participants ADD COLUMN is_external INTEGER NOT NULL DEFAULT 0;
ALTER TABLE participants ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0;

-- Secrets of the devices on which somebody has joined: a device proves with its own whose changes it still keeps, and
-- one of somebody who was removed lets nobody in. secret_hash is BLAKE3.
CREATE TABLE devices (
    participant TEXT NOT NULL REFERENCES participants (id),
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    PRIMARY KEY (participant, secret_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_secret ON devices (secret_hash);
