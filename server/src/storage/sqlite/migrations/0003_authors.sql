-- Who made which object, for each workshop as a whole: the first author of an id stays its author for ever.
CREATE TABLE authors (
    workshop TEXT NOT NULL REFERENCES workshops (id),
    object TEXT NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (workshop, object)
) STRICT, WITHOUT ROWID;
