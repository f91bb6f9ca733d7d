-- People and roles.
-- Comparison keys (NFC, trimmed, case folded) are made by the program; times are milliseconds since 1970 in UTC.

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
) STRICT;
CREATE INDEX users_by_email ON users (email_key);

-- Only settings that differ from their defaults.
CREATE TABLE user_settings (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key     TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE roles (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    employee INTEGER NOT NULL
) STRICT;

-- Roles given by hand; the automatic ones (1 to 3) follow from the person.
CREATE TABLE user_roles (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role_id, user_id);

INSERT INTO roles (id, name, name_key, employee) VALUES
    (1, 'Everyone', 'everyone', 0),
    (2, 'Registered User', 'registered user', 0),
    (3, 'Registered User with Verified Email', 'registered user with verified email', 0),
    (4, 'Agent', 'agent', 1),
    (5, 'Manager', 'manager', 1),
    (6, 'Administrator', 'administrator', 1);
-- Custom roles start at 100.
UPDATE sqlite_sequence SET seq = 99 WHERE name = 'roles';

-- The queue: owner of unassigned tickets, never a login.
INSERT INTO users (id, username, username_key, display_name, email, email_key, email_verified, enabled, authentication,
                   authentication_domain, force_password_change, created_at)
VALUES (1, 'queue', 'queue', 'Queue', '', '', 0, 1, 0, '', 0, 0);
