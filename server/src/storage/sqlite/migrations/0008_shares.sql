-- Who sent what was refused: so much of it is kept of one person, a document and the server. NULL: nobody sent it, and
-- it is never deleted automatically.
ALTER TABLE quarantine ADD COLUMN participant TEXT;
CREATE INDEX quarantine_of_participant ON quarantine (participant) WHERE participant IS NOT NULL;

-- Sessions that have ended go when somebody joins.
CREATE INDEX sessions_by_end ON sessions (expires_ms);
