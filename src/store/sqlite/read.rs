//! The questions of `Read` in SQL. Every query that grows with the number of people uses an index.

use super::failed;
use super::people::People;
use super::reader::View;
use crate::domain::Error;
use crate::domain::avatar::Avatar;
use crate::domain::credential::Credential;
use crate::domain::feed::Change;
use crate::domain::ids::{ImportId, RoleId, UserId};
use crate::domain::listing::{Listing, Page};
use crate::domain::name::{self, Name};
use crate::domain::password::PasswordHash;
use crate::domain::picture::Format;
use crate::domain::role::Role;
use crate::domain::setting::{self, Place};
use crate::domain::time::Instant;
use crate::domain::user::{AuthenticationMethod, User};
use crate::store::Read;
use rusqlite::types::FromSql;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A transaction on a connection. It is public so that a test can watch what SQLite does for each method.
pub struct Session<'c> {
    /// The connection, inside a transaction.
    pub connection: &'c Connection,
    /// In whose name changes are made, and when; nobody is 0.
    pub(super) actor: (UserId, Instant),
    /// The import that they are part of.
    pub(super) import: Option<ImportId>,
    /// Entries of the search index that are to be made for what was changed.
    pub(super) unindexed: u32,
    memory: Memory<'c>,
}

/// Where a session may find people without asking the database.
#[derive(Clone, Copy)]
pub(super) enum Memory<'c> {
    /// Nowhere.
    None,
    /// In memory as it was when the view began.
    Viewing(&'c View<'c>),
    /// In memory, but for whom its own transaction has touched.
    Writing(&'c People),
}

impl<'c> Session<'c> {
    /// A session in nobody's name, that finds everything in the database.
    pub fn new(connection: &'c Connection) -> Self {
        Session::with(connection, Memory::None)
    }

    /// The same with people in memory.
    pub(super) fn with(connection: &'c Connection, memory: Memory<'c>) -> Self {
        let now = if matches!(memory, Memory::Viewing(_)) { Instant(0) } else { Instant::now() };
        Session { connection, actor: (UserId(0), now), import: None, unindexed: 0, memory }
    }

    /// The connection, inside the transaction for certain.
    pub(super) fn opened(&self) -> Result<&'c Connection, Error> {
        if let Memory::Viewing(view) = self.memory {
            view.open()?;
        }
        Ok(self.connection)
    }

    /// A statement, inside the transaction.
    pub(super) fn prepare(&self, sql: &str) -> Result<CachedStatement<'c>, Error> {
        self.opened()?.prepare_cached(sql).map_err(failed)
    }

    /// The first row, if there is one.
    pub fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let mut statement = self.prepare(sql)?;
        statement.query_row(params, read).optional().map_err(failed)
    }

    /// All rows.
    pub fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.prepare(sql)?;
        let rows = statement.query_map(params, read).map_err(failed)?;
        rows.collect::<Result<_, _>>().map_err(failed)
    }

    fn exists(&self, sql: &str, params: impl Params) -> Result<bool, Error> {
        self.one(sql, params, |row| row.get(0)).map(Option::unwrap_or_default)
    }

    fn first<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Option<T>, Error> {
        self.one(sql, params, |row| row.get(0))
    }

    fn given_roles(&self, user: UserId) -> Result<Vec<Role>, Error> {
        // They are few, and come sorted already if SQLite begins with those that the person has.
        let sql = "SELECT id, name, employee FROM user_roles JOIN roles ON id = role_id WHERE user_id = ?1";
        let mut roles = self.all(sql, [user.0], role)?;
        roles.sort_by_key(|role| role.id);
        Ok(roles)
    }

    /// The person of whom this is true.
    fn user_where(&self, condition: &str, params: impl Params) -> Result<Option<Arc<User>>, Error> {
        let sql = format!(
            "SELECT id, username, display_name, email, email_verified, enabled, external_id, authentication, \
             authentication_domain, password_hash, force_password_change, created_at, last_login, version, \
             (SELECT name FROM avatars WHERE user_id = users.id) FROM users WHERE {condition}"
        );
        let Some(row) = self.one(&sql, params, user)? else { return Ok(None) };
        let user = row?;
        let user = Arc::new(User { settings: self.settings(user.id)?, given_roles: self.given_roles(user.id)?, ..user });
        if let Memory::Viewing(view) = self.memory {
            view.remember(&user);
        }
        Ok(Some(user))
    }

    fn known_by_name(&self, key: &str) -> Option<Arc<User>> {
        match self.memory {
            Memory::None => None,
            Memory::Viewing(view) => view.by_name(key),
            Memory::Writing(people) => people.untouched_by_name(key),
        }
    }

    fn user_by_name(&self, key: &str) -> Result<Option<Arc<User>>, Error> {
        self.known_by_name(key).map_or_else(|| self.user_where("username_key = ?1", [key]), |user| Ok(Some(user)))
    }

    fn avatar_where(&self, sql: &str, params: impl Params) -> Result<Option<Avatar>, Error> {
        let found = self.one(sql, params, |row| {
            let media_type: String = row.get(1)?;
            Ok((row.get(0)?, media_type, Instant(row.get(2)?), row.get(3)?))
        })?;
        let Some((name, media_type, uploaded_at, bytes)) = found else { return Ok(None) };
        let format = Format::of_media_type(&media_type);
        let format = format.ok_or_else(|| Error::internal(format!("the row of the picture {name} is damaged")))?;
        Ok(Some(Avatar { name, format, uploaded_at, bytes }))
    }

    fn settings(&self, user: UserId) -> Result<BTreeMap<&'static str, String>, Error> {
        let rows: Vec<(String, String)> =
            self.all("SELECT key, value FROM user_settings WHERE user_id = ?1", [user.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let known = |(key, value): (String, String)| {
            setting::named(&key).filter(|setting| setting.place == Place::Stored).map(|setting| (setting.key, value))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }
}

impl Read for Session<'_> {
    fn credential_by_name(&self, key: &str) -> Result<Option<Credential>, Error> {
        Ok(self.user_by_name(key)?.map(|user| Credential::from(&*user)))
    }

    fn credential(&self, id: UserId) -> Result<Option<Credential>, Error> {
        Ok(self.user(id)?.map(|user| Credential::from(&*user)))
    }

    fn user(&self, id: UserId) -> Result<Option<Arc<User>>, Error> {
        match self.memory {
            Memory::None => None,
            Memory::Viewing(view) => view.by_id(id),
            Memory::Writing(people) => people.untouched(id),
        }
        .map_or_else(|| self.user_where("id = ?1", [id.0]), |user| Ok(Some(user)))
    }

    fn user_id_by_name(&self, key: &str) -> Result<Option<UserId>, Error> {
        match (self.memory, self.known_by_name(key)) {
            (_, Some(user)) => Ok(Some(user.id)),
            // Whoever asks for the id asks for the person next, who then is in memory.
            (Memory::Viewing(_), None) => Ok(self.user_by_name(key)?.map(|user| user.id)),
            _ => Ok(self.first("SELECT id FROM users WHERE username_key = ?1", [key])?.map(UserId)),
        }
    }

    fn user_id_by_external_id(&self, external_id: &str) -> Result<Option<UserId>, Error> {
        Ok(self.first("SELECT id FROM users WHERE external_id = ?1", [external_id])?.map(UserId))
    }

    fn user_ids_by_email(&self, email: &str, most: usize) -> Result<Vec<UserId>, Error> {
        let sql = "SELECT id FROM users WHERE email_key = ?1 ORDER BY id LIMIT ?2";
        self.all(sql, (name::key(email), i64::try_from(most).unwrap_or(i64::MAX)), |row| row.get(0).map(UserId))
    }

    fn email_is_used(&self, email: &str, except: Option<UserId>) -> Result<bool, Error> {
        self.exists(
            "SELECT EXISTS (SELECT 1 FROM users WHERE email_key = ?1 AND id <> ?2)",
            (name::key(email), except.map_or(0, |id| id.0)),
        )
    }

    fn has_administrator_besides(&self, except: UserId) -> Result<bool, Error> {
        self.exists(
            "SELECT EXISTS (SELECT 1 FROM user_roles JOIN users ON id = user_id \
             WHERE role_id = 6 AND id <> ?1 AND enabled = 1 AND authentication = 0 AND password_hash IS NOT NULL)",
            [except.0],
        )
    }

    fn people(&self, listing: &Listing) -> Result<Page, Error> {
        self.page(listing)
    }

    fn role(&self, id: RoleId) -> Result<Option<Role>, Error> {
        self.one("SELECT id, name, employee FROM roles WHERE id = ?1", [id.0], role)
    }

    fn role_id_by_name(&self, key: &str) -> Result<Option<RoleId>, Error> {
        Ok(self.first("SELECT id FROM roles WHERE name_key = ?1", [key])?.map(RoleId))
    }

    fn roles(&self) -> Result<Vec<Role>, Error> {
        self.all("SELECT id, name, employee FROM roles ORDER BY id", [], role)
    }

    fn changes(&self, after: i64, most: usize) -> Result<Vec<Change>, Error> {
        self.changes_after(after, most)
    }

    fn last_change(&self) -> Result<i64, Error> {
        Session::last_change(self)
    }

    fn avatar(&self, user: UserId) -> Result<Option<Avatar>, Error> {
        self.avatar_where("SELECT name, media_type, uploaded_at, bytes FROM avatars WHERE user_id = ?1", [user.0])
    }

    fn avatar_by_name(&self, name: &str) -> Result<Option<Avatar>, Error> {
        self.avatar_where("SELECT name, media_type, uploaded_at, bytes FROM avatars WHERE name = ?1 LIMIT 1", [name])
    }
}

fn role(row: &Row<'_>) -> rusqlite::Result<Role> {
    Ok(Role { id: RoleId(row.get(0)?), name: row.get(1)?, employee: row.get(2)? })
}

/// The person's own row; the inner error tells of a row that no rule of the program could have made.
fn user(row: &Row<'_>) -> rusqlite::Result<Result<User, Error>> {
    let id = UserId(row.get(0)?);
    let username: String = row.get(1)?;
    let number: u8 = row.get(7)?;
    let (Ok(username), Some(authentication)) =
        (Name::new(&username), AuthenticationMethod::ALL.get(usize::from(number)).copied())
    else {
        return Ok(Err(Error::internal(format!("the row of user {id} is damaged"))));
    };
    let password: Option<String> = row.get(9)?;
    let last_login: Option<i64> = row.get(12)?;
    Ok(Ok(User {
        id,
        username,
        display_name: row.get(2)?,
        email: row.get(3)?,
        email_verified: row.get(4)?,
        enabled: row.get(5)?,
        external_id: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        authentication,
        authentication_domain: row.get(8)?,
        password: password.map(PasswordHash::from_stored),
        force_password_change: row.get(10)?,
        created_at: Instant(row.get(11)?),
        last_login: last_login.map(Instant),
        version: row.get(13)?,
        avatar: row.get(14)?,
        settings: BTreeMap::new(),
        given_roles: Vec::new(),
    }))
}
