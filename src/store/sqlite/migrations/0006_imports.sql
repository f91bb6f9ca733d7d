-- Batch imports: what was asked, how far each is, and what came of every row.

CREATE TABLE imports (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    idempotency_key TEXT    NOT NULL UNIQUE,
    name            TEXT    NOT NULL,
    fingerprint     TEXT    NOT NULL,
    mode            INTEGER NOT NULL,
    key             INTEGER NOT NULL,
    on_duplicate    INTEGER NOT NULL,
    clear_empty     INTEGER NOT NULL,
    scope           INTEGER,
    missing         INTEGER NOT NULL,
    most_missing    INTEGER NOT NULL,
    force_reset     INTEGER NOT NULL,
    rehearse        INTEGER NOT NULL,
    columns         TEXT    NOT NULL,
    state           INTEGER NOT NULL,
    counts          TEXT    NOT NULL,
    reached         INTEGER NOT NULL DEFAULT 0,
    by_user         INTEGER NOT NULL,
    begun_at        INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT;
-- Those that are not ended are few.
CREATE INDEX open_imports ON imports (id) WHERE ended_at IS NULL;

-- Persons may be gone when a report is read, so nothing refers to them.
CREATE TABLE import_rows (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    key       TEXT    NOT NULL,
    outcome   INTEGER NOT NULL,
    user_id   INTEGER,
    changed   TEXT    NOT NULL,
    problems  TEXT    NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;

-- Who was in a row already; who was in none.
CREATE TABLE import_people (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (import_id, user_id)
) STRICT, WITHOUT ROWID;

-- The same of a rehearsal, whose people are not made.
CREATE TABLE import_keys (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    key       TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (import_id, key)
) STRICT, WITHOUT ROWID;

ALTER TABLE changes ADD COLUMN import_id INTEGER;
