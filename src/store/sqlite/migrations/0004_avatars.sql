-- Uploaded pictures. The name is made of the bytes, so people with the same picture share it.
-- The bytes come last: what is asked of a row besides them is found without walking through them.

CREATE TABLE avatars (
    user_id     INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    media_type  TEXT    NOT NULL,
    uploaded_at INTEGER NOT NULL,
    bytes       BLOB    NOT NULL
) STRICT;
CREATE INDEX avatars_by_name ON avatars (name);
