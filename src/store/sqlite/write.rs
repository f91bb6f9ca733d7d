//! The changes of `Write` in SQL. They run inside the writer's transaction.

use super::failed;
use super::read::Session;
use crate::domain::Error;
use crate::domain::feed::{Action, Subject};
use crate::domain::ids::{RoleId, UserId};
use crate::domain::name::{self, Name};
use crate::domain::password::PasswordHash;
use crate::domain::picture::Picture;
use crate::domain::property;
use crate::domain::role;
use crate::domain::time::Instant;
use crate::domain::user::User;
use crate::store::{Part, Write};
use rusqlite::Params;

impl Session<'_> {
    /// Runs a statement that answers nothing.
    pub fn execute(&mut self, sql: &str, params: impl Params) -> Result<usize, Error> {
        self.prepare(sql)?.execute(params).map_err(failed)
    }

    /// Keeps a person's own row.
    fn update_row(&mut self, user: &User) -> Result<(), Error> {
        self.execute(
            "UPDATE users SET username = ?2, username_key = ?3, display_name = ?4, email = ?5, email_key = ?6, \
             email_verified = ?7, enabled = ?8, external_id = ?9, authentication = ?10, authentication_domain = ?11, \
             password_hash = ?12, force_password_change = ?13 WHERE id = ?1",
            (
                user.id.0,
                user.username.as_str(),
                user.username.key(),
                &user.display_name,
                &user.email,
                name::key(&user.email),
                user.email_verified,
                user.enabled,
                Some(&user.external_id).filter(|external_id| !external_id.is_empty()),
                user.authentication as i64,
                &user.authentication_domain,
                user.password.as_ref().map(PasswordHash::as_str),
                user.force_password_change,
            ),
        )
        .map(drop)
    }

    /// The id that the last insert gave out.
    pub fn new_id(&self) -> Result<i32, Error> {
        i32::try_from(self.connection.last_insert_rowid()).map_err(|_| Error::internal("ids have run out"))
    }
}

impl Write for Session<'_> {
    fn on_behalf_of(&mut self, by: UserId, at: Instant) {
        self.actor = (by, at);
    }

    fn attempt(&mut self, part: Part<'_>) -> Result<(), Error> {
        self.execute("SAVEPOINT part", [])?;
        let outcome = part(self);
        if self.connection.is_autocommit() {
            return Err(Error::Unavailable { inner: "the transaction was undone by SQLite".to_owned() });
        }
        if outcome.is_err() {
            self.execute("ROLLBACK TO part", [])?;
        }
        self.execute("RELEASE part", [])?;
        outcome
    }

    fn insert_user(&mut self, user: &User, now: Instant) -> Result<UserId, Error> {
        self.execute(
            "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, external_id, \
             authentication, authentication_domain, password_hash, force_password_change, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            (
                user.username.as_str(),
                user.username.key(),
                &user.display_name,
                &user.email,
                name::key(&user.email),
                user.email_verified,
                user.enabled,
                Some(&user.external_id).filter(|external_id| !external_id.is_empty()),
                user.authentication as i64,
                &user.authentication_domain,
                user.password.as_ref().map(PasswordHash::as_str),
                user.force_password_change,
                now.0,
            ),
        )?;
        let id = self.new_id()?;
        for (key, value) in &user.settings {
            self.execute("INSERT INTO user_settings (user_id, key, value) VALUES (?1, ?2, ?3)", (id, key, value))?;
        }
        self.index_new();
        self.note(Subject::User, &id, user.username.as_str(), Action::Created, &[])?;
        Ok(UserId(id))
    }

    fn update_user(&mut self, before: &User, after: &User) -> Result<(), Error> {
        let fields = property::differences(before, after);
        if fields.is_empty() {
            return Ok(());
        }
        self.index_changed(before, after)?;
        self.update_row(after)?;
        for key in before.settings.keys().filter(|key| !after.settings.contains_key(*key)) {
            self.execute("DELETE FROM user_settings WHERE user_id = ?1 AND key = ?2", (after.id.0, key))?;
        }
        for (key, value) in after.settings.iter().filter(|(key, value)| before.settings.get(*key) != Some(value)) {
            let sql = "INSERT INTO user_settings (user_id, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = ?3";
            self.execute(sql, (after.id.0, key, value))?;
        }
        self.note_person(after.id, &fields)
    }

    fn delete_user(&mut self, id: UserId) -> Result<(), Error> {
        self.index_stale(id.0)?;
        let name: Option<String> = self.one("DELETE FROM users WHERE id = ?1 RETURNING username", [id.0], |row| row.get(0))?;
        match name {
            Some(name) => self.note(Subject::User, &id.0, &name, Action::Deleted, &[]),
            None => Ok(()),
        }
    }

    fn note_login(&mut self, id: UserId, now: Instant) -> Result<(), Error> {
        let first = self.one("SELECT last_login IS NULL FROM users WHERE id = ?1", [id.0], |row| row.get(0))?.unwrap_or(false);
        self.execute("UPDATE users SET last_login = ?2 WHERE id = ?1", (id.0, now.0))?;
        let chosen = "INSERT OR IGNORE INTO user_settings (user_id, key, value) SELECT ?1, 'SpellCheckDictionary', tag FROM dictionaries \
             WHERE tag = (SELECT value FROM user_settings WHERE user_id = ?1 AND key = 'PreferredLanguage')";
        match first && self.execute(chosen, [id.0])? > 0 {
            true => self.note_person(id, &["SpellCheckDictionary"]),
            false => Ok(()),
        }
    }

    fn upgrade_password(&mut self, id: UserId, old: &PasswordHash, new: &PasswordHash) -> Result<bool, Error> {
        let sql = "UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2";
        Ok(self.execute(sql, (id.0, old.as_str(), new.as_str()))? > 0)
    }

    fn insert_role(&mut self, name: &Name, employee: bool) -> Result<RoleId, Error> {
        self.execute("INSERT INTO roles (name, name_key, employee) VALUES (?1, ?2, ?3)", (name.as_str(), name.key(), employee))?;
        let id = self.new_id()?;
        self.note(Subject::Role, &id, name.as_str(), Action::Created, &[])?;
        i16::try_from(id).map(RoleId).map_err(|_| Error::NoRoleIdLeft)
    }

    fn rename_role(&mut self, id: RoleId, name: &Name) -> Result<(), Error> {
        let sql = "UPDATE roles SET name = ?2, name_key = ?3 WHERE id = ?1 AND id >= ?4 AND name <> ?2";
        match self.execute(sql, (id.0, name.as_str(), name.key(), role::FIRST_CUSTOM.0))? {
            0 => Ok(()),
            _ => self.note(Subject::Role, &id.0, name.as_str(), Action::Updated, &["Name"]),
        }
    }

    fn delete_role(&mut self, id: RoleId) -> Result<(), Error> {
        self.note_people("SELECT user_id FROM user_roles WHERE role_id = ?1", &id.0, "Roles")?;
        // A department that was limited to this role alone is closed rather than opened to everybody.
        let only = "SELECT department_id FROM department_roles own WHERE role_id = ?1 AND NOT EXISTS (SELECT 1 FROM department_roles \
             other WHERE other.department_id = own.department_id AND other.role_id <> ?1)";
        self.execute(&format!("UPDATE departments SET internal = 1 WHERE id IN ({only})"), [id.0])?;
        let limited = "SELECT department_id FROM department_roles WHERE role_id = ?1";
        self.note_all(Subject::Department, Action::Updated, ("departments", limited, "''"), &id.0, "Access")?;
        let sql = "DELETE FROM roles WHERE id = ?1 AND id >= ?2 RETURNING name";
        let name: Option<String> = self.one(sql, (id.0, role::FIRST_CUSTOM.0), |row| row.get(0))?;
        match name {
            Some(name) => self.note(Subject::Role, &id.0, &name, Action::Deleted, &[]),
            None => Ok(()),
        }
    }

    fn give_role(&mut self, user: UserId, role: RoleId) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO user_roles (user_id, role_id) VALUES (?1, ?2)";
        match self.execute(sql, (user.0, role.0))? {
            0 => Ok(()),
            _ => self.note_person(user, &["Roles"]),
        }
    }

    fn take_role(&mut self, user: UserId, role: RoleId) -> Result<(), Error> {
        match self.execute("DELETE FROM user_roles WHERE user_id = ?1 AND role_id = ?2", (user.0, role.0))? {
            0 => Ok(()),
            _ => self.note_person(user, &["Roles"]),
        }
    }

    fn put_avatar(&mut self, user: UserId, picture: &Picture, now: Instant) -> Result<(), Error> {
        let changed = self.execute(
            "INSERT INTO avatars (user_id, name, media_type, uploaded_at, bytes) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (user_id) DO UPDATE SET name = ?2, media_type = ?3, uploaded_at = ?4, bytes = ?5 WHERE name <> ?2",
            (user.0, picture.name(), picture.format().media_type(), now.0, picture.bytes()),
        )?;
        if changed == 0 { Ok(()) } else { self.note_person(user, &["Avatar"]) }
    }

    fn copy_avatar(&mut self, from: UserId, to: UserId, now: Instant) -> Result<(), Error> {
        let copied = self.execute(
            "INSERT OR REPLACE INTO avatars (user_id, name, media_type, uploaded_at, bytes) \
             SELECT ?2, name, media_type, ?3, bytes FROM avatars WHERE user_id = ?1",
            (from.0, to.0, now.0),
        )?;
        if copied == 0 { Ok(()) } else { self.note_person(to, &["Avatar"]) }
    }

    fn delete_avatar(&mut self, user: UserId) -> Result<(), Error> {
        match self.execute("DELETE FROM avatars WHERE user_id = ?1", [user.0])? {
            0 => Ok(()),
            _ => self.note_person(user, &["Avatar"]),
        }
    }
}
