//! A help desk with as many people as wanted, written past the store: a million calls would take too long. Ranks follow the roles by
//! triggers; the search index is told.

use rusqlite::Connection;

/// How many of each. Everything else follows: ten agents a group, a tenth of the people with a custom role, a language, an avatar and a
/// custom field's value, another tenth disabled, and a fifth who have logged in.
#[derive(Clone, Copy)]
pub struct Crowd {
    /// People in all, besides the queue; the first has id 2, and user names are [`name`].
    pub people: u32,
    /// Agents among them, evenly spread from id 2 on; the first two are administrators as well.
    pub agents: u32,
    /// Groups; the agents take turns in them.
    pub groups: u32,
    /// Departments; the groups take turns in them.
    pub departments: u32,
}

/// The user name of the person with this id. An odd factor scatters the numbers without making two the same.
pub fn name(id: u32) -> String {
    format!("person-{:08x}", id.wrapping_mul(0x9E37_79B1))
}

impl Crowd {
    /// The id of an agent, counted from 0.
    pub fn agent(self, number: u32) -> u32 {
        2 + number * (self.people / self.agents)
    }

    /// Fills a database that a store has just made. Everybody has the same password hash.
    pub fn fill(self, connection: &Connection, hash: &str) -> rusqlite::Result<()> {
        let Crowd { people, agents, groups, departments } = self;
        let step = people / agents;
        // The commit is not synced, and index pages stay in memory until then.
        connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN")?;
        connection.execute_batch(&format!(
            "CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT {people}) \
                 SELECT i, i + 2 AS id, printf('person-%08x', (i + 2) * 0x9E3779B1 & 0xFFFFFFFF) AS name FROM n;
             INSERT INTO users (id, username, username_key, display_name, email, email_key, email_verified, enabled, external_id, \
                 authentication, authentication_domain, password_hash, force_password_change, created_at, last_login) \
                 SELECT id, name, name, 'Displayed ' || name, name || '@example.org', name || '@example.org', 1, i % 10 <> 9, \
                     'crm-' || name, 0, '', '{hash}', 0, 0, iif(i % 10 < 2, i, NULL) FROM n;
             INSERT INTO roles (name, name_key, employee) VALUES ('Partner', 'partner', 0);
             INSERT INTO user_roles SELECT id, 100 FROM n WHERE i % 10 = 0;
             INSERT INTO user_roles SELECT 2 + i * {step}, 4 FROM n WHERE i < {agents};
             INSERT INTO user_roles SELECT 2 + i * {step}, 6 FROM n WHERE i < 2;
             INSERT INTO user_settings SELECT id, 'PreferredLanguage', 'de' FROM n WHERE i % 10 = 0;
             INSERT INTO avatars SELECT id, name || '.png', 'image/png', 0, x'00' FROM n WHERE i % 10 = 0;
             INSERT INTO custom_fields (name, name_key, display_name, display_name_key, data_type, default_value, options, global, \
                 required, for_employees, for_users, position) VALUES ('f', 'f', 'f', 'f', 0, '', '', 0, 0, 1, 1, 1);
             INSERT INTO user_custom_fields SELECT id, 1, 'a value' FROM n WHERE i % 10 = 0;
             INSERT INTO brands (name, name_key, position) VALUES ('Brand', 'brand', 1);
             INSERT INTO departments (brand_id, name, name_key, internal, position) \
                 SELECT 1, 'department ' || i, 'department ' || i, 0, i + 1 FROM n WHERE i < {departments};
             INSERT INTO groups (department_id, name, name_key, front_line, position) \
                 SELECT 1 + i % {departments}, 'group ' || i, 'group ' || i, i < {departments}, i + 1 FROM n WHERE i < {groups};
             INSERT INTO memberships SELECT 1 + i % {groups}, 2 + i * {step}, 1, 1, 0 FROM n WHERE i < {agents};
             INSERT INTO activity SELECT 2 + i * {step}, 20000, 1, 1, 1, 1, 1, 1, 1.0 FROM n WHERE i < {agents};
             INSERT INTO organizations (name, name_key, phone, website) \
                 SELECT 'Company ' || i, 'company ' || i, '', '' FROM n WHERE i % 100 = 0;
             INSERT INTO organization_members (organization_id, kind, value, value_key) \
                 SELECT id, 2, name_key || '.example', name_key || '.example' FROM organizations;
             INSERT INTO organization_members (organization_id, kind, value, value_key) \
                 SELECT id, 0, 'person', 'person' FROM organizations;
             DROP TABLE n;"
        ))?;
        asmxd::store::sqlite::fill_search(connection)?;
        connection.execute_batch("COMMIT; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192")
    }
}
