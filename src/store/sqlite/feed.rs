//! The feed of changes in SQL: every method that changes something notes it here, in the same transaction.
//!
//! Numbers come from `AUTOINCREMENT` inside the call's transaction, so a call that is undone leaves no gap.

use super::failed;
use super::read::Session;
use crate::domain::Error;
use crate::domain::feed::{Action, Change, Subject};
use crate::domain::ids::{ImportId, UserId};
use crate::domain::time::Instant;
use rusqlite::{Row, ToSql};

/// The begin of every statement that notes changes.
const NOTE: &str = "INSERT INTO changes (at, by_user, subject, subject_id, name, action, fields, import_id)";

/// What separates the names of fields.
const SEPARATOR: &str = ";";

impl Session<'_> {
    /// Notes a change of anything but a person.
    pub(super) fn note(
        &mut self,
        subject: Subject,
        id: &dyn ToSql,
        name: &str,
        action: Action,
        fields: &[&str],
    ) -> Result<(), Error> {
        let (by, at) = self.actor;
        let sql = format!("{NOTE} VALUES (?1, ?2, ?3, CAST(?4 AS TEXT), ?5, ?6, ?7, ?8)");
        let import = self.import.map(|import| import.0);
        self.execute(&sql, (at.0, by.0, subject as i64, id, name, action as i64, fields.join(SEPARATOR), import)).map(drop)
    }

    /// Notes that something of a person was changed, and counts its version up.
    pub(super) fn note_person(&mut self, id: UserId, fields: &[&str]) -> Result<(), Error> {
        self.execute("UPDATE users SET version = version + 1 WHERE id = ?1", [id.0])?;
        self.note(Subject::User, &id.0, "", Action::Updated, fields)
    }

    /// Notes that `field` was changed of everybody whose id the query `people` answers for `?1`, in its order and once each.
    pub(super) fn note_people(&mut self, people: &str, key: &dyn ToSql, field: &str) -> Result<(), Error> {
        self.execute(&format!("UPDATE users SET version = version + 1 WHERE id IN ({people})"), [key])?;
        self.note_all(Subject::User, Action::Updated, ("users", people, "''"), key, field)
    }

    /// Notes the same of every row of a table whose id the query answers for `?1`; the name is an expression over that row.
    pub(super) fn note_all(
        &mut self,
        subject: Subject,
        action: Action,
        (table, ids, name): (&str, &str, &str),
        key: &dyn ToSql,
        field: &str,
    ) -> Result<(), Error> {
        let (by, at) = self.actor;
        let (subject, action) = (subject as i64, action as i64);
        let sql = format!(
            "{NOTE} SELECT ?2, ?3, {subject}, CAST(id AS TEXT), {name}, {action}, ?4, ?5 FROM {table} WHERE id IN ({ids})"
        );
        self.execute(&sql, (key, at.0, by.0, field, self.import.map(|import| import.0))).map(drop)
    }

    /// Up to `most` changes that come after number `after`. What was noted without its name is called as it is called now.
    pub(super) fn changes_after(&self, after: i64, most: usize) -> Result<Vec<Change>, Error> {
        let sql = "SELECT sequence, at, by_user, coalesce((SELECT username FROM users WHERE id = by_user), ''), subject, subject_id, \
             CASE WHEN name <> '' THEN name ELSE coalesce(CASE subject \
             WHEN 0 THEN (SELECT username FROM users WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 1 THEN (SELECT name FROM roles WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 2 THEN (SELECT name FROM brands WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 3 THEN (SELECT name FROM departments WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 4 THEN (SELECT name FROM groups WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 5 THEN (SELECT name FROM custom_fields WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 6 THEN (SELECT name FROM reports WHERE id = subject_id) \
             WHEN 7 THEN (SELECT name FROM time_log_categories WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 8 THEN (SELECT name FROM languages WHERE tag = subject_id) \
             WHEN 9 THEN (SELECT name FROM dictionaries WHERE tag = subject_id) \
             WHEN 10 THEN (SELECT name FROM organizations WHERE id = CAST(subject_id AS INTEGER)) \
             WHEN 11 THEN (SELECT name FROM imports WHERE id = CAST(subject_id AS INTEGER)) END, '') END, \
             action, fields, import_id FROM changes WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
        self.all(sql, (after, i64::try_from(most).unwrap_or(i64::MAX)), change)?.into_iter().collect()
    }

    /// The number of the last change; 0 before the first.
    pub(super) fn last_change(&self) -> Result<i64, Error> {
        let mut statement = self.prepare("SELECT coalesce(max(sequence), 0) FROM changes")?;
        statement.query_row([], |row| row.get(0)).map_err(failed)
    }
}

/// An entry; the inner error tells of a row that the program cannot have made.
fn change(row: &Row<'_>) -> rusqlite::Result<Result<Change, Error>> {
    let (subject, action): (u8, u8) = (row.get(4)?, row.get(7)?);
    let (Some(subject), Some(action)) = (Subject::ALL.get(usize::from(subject)), Action::ALL.get(usize::from(action))) else {
        return Ok(Err(Error::internal("a row of the feed of changes is damaged")));
    };
    let fields: String = row.get(8)?;
    let import: Option<i32> = row.get(9)?;
    Ok(Ok(Change {
        sequence: row.get(0)?,
        at: Instant(row.get(1)?),
        by: Some(UserId(row.get(2)?)).filter(|by| by.0 != 0),
        by_name: row.get(3)?,
        subject: *subject,
        id: row.get(5)?,
        name: row.get(6)?,
        action: *action,
        fields: fields.split(SEPARATOR).filter(|field| !field.is_empty()).map(str::to_owned).collect(),
        import: import.map(ImportId),
    }))
}
