-- The feed of changes, the versions of people, and what typed operations keep of them.

-- Counts the changes of a person, so that a lost update can be refused. The time of a login is no change.
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- What was changed, on what, by whom and when; never a value. Numbers of subjects and actions are the program's; nobody is 0.
CREATE TABLE changes (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    by_user    INTEGER NOT NULL,
    subject    INTEGER NOT NULL,
    subject_id TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    action     INTEGER NOT NULL,
    fields     TEXT    NOT NULL
) STRICT;
