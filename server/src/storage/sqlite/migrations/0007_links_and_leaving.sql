-- Every facilitator shares the links: their keys are kept as they are, beside their hashes.
ALTER TABLE workshops ADD COLUMN facilitator_key TEXT;
ALTER TABLE workshops ADD COLUMN observer_key TEXT;
ALTER TABLE workshops ADD COLUMN links INTEGER NOT NULL DEFAULT 0;

-- Leaving ends all sessions of a person on a device. The device then proves nothing of them, but goes on to let nobody new
-- in where they are removed.
ALTER TABLE sessions ADD COLUMN device_hash BLOB;
CREATE INDEX sessions_of_participant ON sessions (participant);
ALTER TABLE devices ADD COLUMN proves INTEGER NOT NULL DEFAULT 1;
