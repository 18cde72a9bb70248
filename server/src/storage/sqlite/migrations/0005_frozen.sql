-- A frozen document is written by facilitators only, until it is thawed.
ALTER TABLE documents ADD COLUMN is_frozen INTEGER NOT NULL DEFAULT 0;
