-- Brands, departments, groups, memberships; custom fields; permissions; reports, time-log categories; organizations; activity.
-- `position` is the place in lists that people order by hand, from 1.

CREATE TABLE brands (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE departments (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    brand_id INTEGER NOT NULL REFERENCES brands (id),
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL,
    internal INTEGER NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (brand_id, name_key)
) STRICT;

-- A department without rows here is open to everybody.
CREATE TABLE department_roles (
    department_id INTEGER NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
    role_id       INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (department_id, role_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX department_roles_by_role ON department_roles (role_id);

CREATE TABLE groups (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    department_id INTEGER NOT NULL REFERENCES departments (id),
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL,
    front_line    INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    UNIQUE (department_id, name_key)
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

CREATE TABLE user_custom_fields (
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    field_id INTEGER NOT NULL REFERENCES custom_fields (id) ON DELETE CASCADE,
    value    TEXT    NOT NULL,
    PRIMARY KEY (user_id, field_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_custom_fields_by_field ON user_custom_fields (field_id);

-- What a role may do; `category_id` is that of a knowledge-base category, 0 for all and for the other areas.
CREATE TABLE permissions (
    role_id     INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    area        INTEGER NOT NULL,
    category_id INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    PRIMARY KEY (role_id, area, category_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    id       TEXT    PRIMARY KEY,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE time_log_categories (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL UNIQUE,
    description TEXT    NOT NULL,
    position    INTEGER NOT NULL
) STRICT;

CREATE TABLE organizations (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    phone    TEXT    NOT NULL,
    website  TEXT    NOT NULL
) STRICT;

CREATE TABLE organization_members (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    kind            INTEGER NOT NULL,
    value           TEXT    NOT NULL,
    value_key       TEXT    NOT NULL,
    UNIQUE (organization_id, kind, value_key)
) STRICT;

-- What the ticket system last reported of an agent; `day` counts from 1970-01-01 in UTC.
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

CREATE TABLE languages (
    tag      TEXT    PRIMARY KEY COLLATE NOCASE,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE dictionaries (
    tag      TEXT    PRIMARY KEY COLLATE NOCASE,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL
) STRICT;

-- Find the people who chose a language or dictionary. SQLite uses them only for these very conditions, so there are two.
CREATE INDEX user_settings_by_language ON user_settings (value) WHERE key = 'PreferredLanguage';
CREATE INDEX user_settings_by_dictionary ON user_settings (value) WHERE key = 'SpellCheckDictionary';

INSERT INTO languages (tag, name, position) VALUES
    ('ar', 'العربية', 1), ('cs', 'Čeština', 2), ('da', 'Dansk', 3), ('de', 'Deutsch', 4), ('el', 'Ελληνικά', 5),
    ('en', 'English', 6), ('es', 'Español', 7), ('fi', 'Suomi', 8), ('fr', 'Français', 9), ('he', 'עברית', 10),
    ('hu', 'Magyar', 11), ('it', 'Italiano', 12), ('ja', '日本語', 13), ('ko', '한국어', 14), ('nb', 'Norsk bokmål', 15),
    ('nl', 'Nederlands', 16), ('pl', 'Polski', 17), ('pt', 'Português', 18), ('pt-BR', 'Português (Brasil)', 19),
    ('ru', 'Русский', 20), ('sv', 'Svenska', 21), ('tr', 'Türkçe', 22), ('uk', 'Українська', 23),
    ('zh-CN', '简体中文', 24), ('zh-TW', '繁體中文', 25);

INSERT INTO dictionaries (tag, name, position) VALUES
    ('cs', 'Čeština', 1), ('da', 'Dansk', 2), ('de', 'Deutsch', 3), ('de-AT', 'Deutsch (Österreich)', 4),
    ('de-CH', 'Deutsch (Schweiz)', 5), ('en', 'English', 6), ('en-AU', 'English (Australia)', 7), ('en-CA', 'English (Canada)', 8),
    ('en-GB', 'English (United Kingdom)', 9), ('en-US', 'English (United States)', 10), ('es', 'Español', 11),
    ('es-MX', 'Español (México)', 12), ('fr', 'Français', 13), ('fr-CA', 'Français (Canada)', 14), ('it', 'Italiano', 15),
    ('nb', 'Norsk bokmål', 16), ('nl', 'Nederlands', 17), ('pl', 'Polski', 18), ('pt', 'Português', 19),
    ('pt-BR', 'Português (Brasil)', 20), ('ru', 'Русский', 21), ('sv', 'Svenska', 22);
