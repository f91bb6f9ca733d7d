-- The database after all migrations; made by a test.

CREATE TABLE activity (
    user_id               INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    day                   INTEGER NOT NULL,
    active_tickets        INTEGER NOT NULL,
    active_chats          INTEGER NOT NULL,
    tasks_in_progress     INTEGER NOT NULL,
    daily_tickets         INTEGER NOT NULL,
    daily_chats           INTEGER NOT NULL,
    daily_call_logs       INTEGER NOT NULL,
    average_response_time REAL    NOT NULL
) STRICT;

CREATE TABLE avatars (
    user_id     INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    media_type  TEXT    NOT NULL,
    uploaded_at INTEGER NOT NULL,
    bytes       BLOB    NOT NULL
) STRICT;

CREATE INDEX avatars_by_name ON avatars (name);

CREATE TABLE brands (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE changes (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    by_user    INTEGER NOT NULL,
    subject    INTEGER NOT NULL,
    subject_id TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    action     INTEGER NOT NULL,
    fields     TEXT    NOT NULL
, import_id INTEGER) STRICT;

CREATE TABLE custom_fields (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    name             TEXT    NOT NULL,
    name_key         TEXT    NOT NULL UNIQUE,
    display_name     TEXT    NOT NULL,
    display_name_key TEXT    NOT NULL UNIQUE,
    data_type        INTEGER NOT NULL,
    default_value    TEXT    NOT NULL,
    options          TEXT    NOT NULL,
    global           INTEGER NOT NULL,
    required         INTEGER NOT NULL,
    for_employees    INTEGER NOT NULL,
    for_users        INTEGER NOT NULL,
    position         INTEGER NOT NULL
) STRICT;

CREATE TABLE department_roles (
    department_id INTEGER NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
    role_id       INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (department_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX department_roles_by_role ON department_roles (role_id);

CREATE TABLE departments (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    brand_id INTEGER NOT NULL REFERENCES brands (id),
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL,
    internal INTEGER NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (brand_id, name_key)
) STRICT;

CREATE TABLE dictionaries (
    tag      TEXT    PRIMARY KEY COLLATE NOCASE,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE groups (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    department_id INTEGER NOT NULL REFERENCES departments (id),
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL,
    front_line    INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    UNIQUE (department_id, name_key)
) STRICT;

CREATE TABLE import_keys (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    key       TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (import_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_people (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (import_id, user_id)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX open_imports ON imports (id) WHERE ended_at IS NULL;

CREATE TABLE languages (
    tag      TEXT    PRIMARY KEY COLLATE NOCASE,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    group_id       INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    active_tickets INTEGER NOT NULL,
    active_chats   INTEGER NOT NULL,
    away           INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_user ON memberships (user_id, group_id);

CREATE TABLE organization_members (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    kind            INTEGER NOT NULL,
    value           TEXT    NOT NULL,
    value_key       TEXT    NOT NULL,
    UNIQUE (organization_id, kind, value_key)
) STRICT;

CREATE TABLE organizations (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    phone    TEXT    NOT NULL,
    website  TEXT    NOT NULL
) STRICT;

CREATE TABLE permissions (
    role_id     INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    area        INTEGER NOT NULL,
    category_id INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    PRIMARY KEY (role_id, area, category_id, name)
) STRICT, WITHOUT ROWID;

CREATE VIEW ranks (user_id, rank) AS
    SELECT user_id, max(CASE role_id WHEN 6 THEN 4 WHEN 5 THEN 3 WHEN 4 THEN 2 ELSE employee END)
    FROM user_roles JOIN roles ON id = role_id GROUP BY user_id;

CREATE TABLE reports (
    id       TEXT    PRIMARY KEY,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE roles (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    employee INTEGER NOT NULL
) STRICT;

CREATE TABLE search_progress (done INTEGER NOT NULL) STRICT;

CREATE TABLE search_stale (id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE time_log_categories (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL UNIQUE,
    description TEXT    NOT NULL,
    position    INTEGER NOT NULL
) STRICT;

CREATE TABLE user_custom_fields (
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    field_id INTEGER NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
    value    TEXT    NOT NULL,
    PRIMARY KEY (user_id, field_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_custom_fields_by_field ON user_custom_fields (field_id);

CREATE TRIGGER rank_after_giving AFTER INSERT ON user_roles BEGIN
    UPDATE users SET rank = (SELECT rank FROM ranks WHERE user_id = new.user_id)
        WHERE id = new.user_id AND rank <> (SELECT rank FROM ranks WHERE user_id = new.user_id);
END;

CREATE TRIGGER rank_after_taking AFTER DELETE ON user_roles BEGIN
    UPDATE users SET rank = ifnull((SELECT rank FROM ranks WHERE user_id = old.user_id), 0)
        WHERE id = old.user_id AND rank <> ifnull((SELECT rank FROM ranks WHERE user_id = old.user_id), 0);
END;

CREATE TABLE user_roles (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_roles_by_role ON user_roles (role_id, user_id);

CREATE VIRTUAL TABLE user_search USING fts5
    (keys, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE 'user_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'user_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'user_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'user_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE user_settings (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key     TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_settings_by_dictionary ON user_settings (value) WHERE key = 'SpellCheckDictionary';

CREATE INDEX user_settings_by_language ON user_settings (value) WHERE key = 'PreferredLanguage';

CREATE TABLE users (
    id                    INTEGER PRIMARY KEY AUTOINCREMENT,
    username              TEXT    NOT NULL,
    username_key          TEXT    NOT NULL UNIQUE,
    display_name          TEXT    NOT NULL,
    email                 TEXT    NOT NULL,
    email_key             TEXT    NOT NULL,
    email_verified        INTEGER NOT NULL,
    enabled               INTEGER NOT NULL,
    external_id           TEXT    UNIQUE,
    authentication        INTEGER NOT NULL,
    authentication_domain TEXT    NOT NULL,
    password_hash         TEXT,
    force_password_change INTEGER NOT NULL,
    created_at            INTEGER NOT NULL,
    last_login            INTEGER
, version INTEGER NOT NULL DEFAULT 1, rank INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX disabled_by_id ON users (id) WHERE enabled = 0;

CREATE INDEX disabled_by_username ON users (username_key) WHERE enabled = 0;

CREATE INDEX employees_by_email ON users (email_key) WHERE rank <> 0;

CREATE INDEX employees_by_id ON users (id) WHERE rank <> 0;

CREATE INDEX employees_by_last_login ON users (last_login) WHERE rank <> 0;

CREATE INDEX employees_by_rank ON users (rank) WHERE rank <> 0;

CREATE INDEX employees_by_username ON users (username_key) WHERE rank <> 0;

CREATE INDEX users_by_email ON users (email_key);

CREATE INDEX users_by_last_login ON users (last_login);

CREATE INDEX users_by_verified ON users (email_verified);
