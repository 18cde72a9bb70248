-- Workshops, their documents, people and sessions; the log, its snapshots, and what had to be set aside.
CREATE TABLE workshops (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    facilitator_key_hash BLOB NOT NULL CHECK (length(facilitator_key_hash) = 32),
    participant_key_hash BLOB NOT NULL CHECK (length(participant_key_hash) = 32),
    observer_key_hash BLOB NOT NULL CHECK (length(observer_key_hash) = 32)
) STRICT;

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    workshop TEXT NOT NULL REFERENCES workshops (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_of_workshop ON documents (workshop, position);

CREATE TABLE participants (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    workshop TEXT NOT NULL REFERENCES workshops (id),
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    role TEXT NOT NULL,
    color INTEGER NOT NULL,
    joined_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX participants_of_workshop ON participants (workshop, joined_ms);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    participant TEXT NOT NULL REFERENCES participants (id),
    workshop TEXT NOT NULL REFERENCES workshops (id),
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- crc32c is of the document's id, seq (8 bytes, little-endian) and data.
CREATE TABLE updates (
    document TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    crc32c INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document, seq)
) STRICT, WITHOUT ROWID;

-- data is zstd; blake3 is of the unpacked bytes; crc32c is of the document's id, upto_seq, taken_ms and data as kept.
CREATE TABLE snapshots (
    document TEXT NOT NULL REFERENCES documents (id),
    upto_seq INTEGER NOT NULL,
    taken_ms INTEGER NOT NULL,
    crc32c INTEGER NOT NULL,
    blake3 BLOB NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (document, upto_seq)
) STRICT;

-- No references: whatever else is wrong, setting bytes aside must work. Never deleted automatically.
CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL,
    what TEXT NOT NULL,
    seq INTEGER,
    why TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX quarantine_of_document ON quarantine (document, seq);

CREATE TABLE client_owner (
    document TEXT NOT NULL REFERENCES documents (id),
    client_id INTEGER NOT NULL,
    participant TEXT NOT NULL,
    PRIMARY KEY (document, client_id)
) STRICT, WITHOUT ROWID;

-- What recovery writes to see whether writing works; empty otherwise.
CREATE TABLE probe (data BLOB NOT NULL) STRICT;
