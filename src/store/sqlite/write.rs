//! The changes of `Write` in SQL. They run inside the writer's transaction, one savepoint a call.

use super::failed;
use super::read::Session;
use crate::domain::Error;
use crate::domain::ids::{RoleId, UserId};
use crate::domain::name::{self, Name};
use crate::domain::password::PasswordHash;
use crate::domain::role;
use crate::domain::time::Instant;
use crate::domain::user::{NewUser, User};
use crate::store::Write;
use rusqlite::Params;

impl Session<'_> {
    /// Runs a statement that answers nothing.
    pub fn execute(&mut self, sql: &str, params: impl Params) -> Result<usize, Error> {
        self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).map_err(failed)
    }

    /// The id that the last insert gave out.
    pub fn new_id(&self) -> Result<i32, Error> {
        i32::try_from(self.connection.last_insert_rowid()).map_err(|_| Error::internal("ids have run out"))
    }
}

impl Write for Session<'_> {
    fn insert_user(&mut self, user: &NewUser, now: Instant) -> Result<UserId, Error> {
        self.execute(
            "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, authentication, \
             authentication_domain, password_hash, force_password_change, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 0, '', ?7, 0, ?8)",
            (
                user.username.as_str(),
                user.username.key(),
                &user.display_name,
                &user.email,
                name::key(&user.email),
                user.email_verified,
                user.password.as_ref().map(PasswordHash::as_str),
                now.0,
            ),
        )?;
        self.new_id().map(UserId)
    }

    fn update_user(&mut self, user: &User) -> Result<(), Error> {
        self.execute(
            "UPDATE users SET username = ?2, username_key = ?3, display_name = ?4, email = ?5, email_key = ?6, \
             email_verified = ?7, enabled = ?8, external_id = ?9, authentication = ?10, authentication_domain = ?11, \
             password_hash = ?12, force_password_change = ?13, last_login = ?14 WHERE id = ?1",
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
                user.last_login.map(|instant| instant.0),
            ),
        )?;
        self.execute("DELETE FROM user_settings WHERE user_id = ?1", [user.id.0])?;
        for (key, value) in &user.settings {
            self.execute("INSERT INTO user_settings (user_id, key, value) VALUES (?1, ?2, ?3)", (user.id.0, key, value))?;
        }
        Ok(())
    }

    fn delete_user(&mut self, id: UserId) -> Result<(), Error> {
        self.execute("DELETE FROM users WHERE id = ?1", [id.0]).map(drop)
    }

    fn note_login(&mut self, id: UserId, now: Instant) -> Result<(), Error> {
        self.execute("UPDATE users SET last_login = ?2 WHERE id = ?1", (id.0, now.0)).map(drop)
    }

    fn insert_role(&mut self, name: &Name, employee: bool) -> Result<RoleId, Error> {
        self.execute("INSERT INTO roles (name, name_key, employee) VALUES (?1, ?2, ?3)", (name.as_str(), name.key(), employee))?;
        i16::try_from(self.new_id()?).map(RoleId).map_err(|_| Error::NoRoleIdLeft)
    }

    fn delete_role(&mut self, id: RoleId) -> Result<(), Error> {
        // A department that was limited to this role alone is closed rather than opened to everybody.
        let only = "SELECT department_id FROM department_roles own WHERE role_id = ?1 AND NOT EXISTS (SELECT 1 FROM department_roles \
             other WHERE other.department_id = own.department_id AND other.role_id <> ?1)";
        self.execute(&format!("UPDATE departments SET internal = 1 WHERE id IN ({only})"), [id.0])?;
        self.execute("DELETE FROM roles WHERE id = ?1 AND id >= ?2", (id.0, role::FIRST_CUSTOM.0)).map(drop)
    }

    fn give_role(&mut self, user: UserId, role: RoleId) -> Result<(), Error> {
        self.execute("INSERT OR IGNORE INTO user_roles (user_id, role_id) VALUES (?1, ?2)", (user.0, role.0)).map(drop)
    }

    fn take_role(&mut self, user: UserId, role: RoleId) -> Result<(), Error> {
        self.execute("DELETE FROM user_roles WHERE user_id = ?1 AND role_id = ?2", (user.0, role.0)).map(drop)
    }
}
