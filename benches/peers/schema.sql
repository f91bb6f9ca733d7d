-- What every peer stores: people as asmxd has them, without what the two operations do not touch. Tuned as asmxd's own file is, so that
-- a peer loses nothing by SQLite's defaults: small pages, because inserts dirty random ones.
PRAGMA page_size = 2048;
PRAGMA journal_mode = WAL;

CREATE TABLE users (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    username       TEXT    NOT NULL,
    username_key   TEXT    NOT NULL UNIQUE,
    display_name   TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    email_key      TEXT    NOT NULL,
    email_verified INTEGER NOT NULL,
    enabled        INTEGER NOT NULL,
    -- The salt, $, and the SHA-256 of salt and password in hexadecimal digits.
    password_hash  TEXT    NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX users_by_email ON users (email_key);
