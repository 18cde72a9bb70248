-- Pictures of a workshop, by content: hash is BLAKE3 of bytes, so a row proves by itself that it is whole.
-- bytes last: what stands before it is read without touching it.
CREATE TABLE images (
    workshop TEXT NOT NULL REFERENCES workshops (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (workshop, hash)
) STRICT;
