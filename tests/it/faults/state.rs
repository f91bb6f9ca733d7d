//! What a database file holds, in the words of the clients, and whether it is sound. How it came about is not known here.

use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the clients know of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub display: String,
    pub external: String,
    pub chat: String,
    /// Its begin, and how many characters it has.
    pub signature: (String, i64),
    pub roles: BTreeSet<i64>,
}

/// People by user name.
pub type People = BTreeMap<String, Person>;

/// How much of a signature is compared.
pub const BEGIN: usize = 40;

/// Questions whose answer is the number 0 in a sound file, and what is wrong if it is not.
const SOUND: &[(&str, &str)] = &[
    ("SELECT count(*) FROM pragma_foreign_key_check", "rows refer to nothing"),
    ("SELECT coalesce(max(sequence), 0) - count(*) FROM changes", "the feed has gaps"),
    (
        "SELECT coalesce(max(sequence), 0) - (SELECT seq FROM sqlite_sequence WHERE name = 'changes') FROM changes",
        "the feed does not end where it was counted to",
    ),
    (
        "SELECT count(*) FROM users LEFT JOIN \
         (SELECT CAST(subject_id AS INTEGER) AS id, count(*) AS entries FROM changes WHERE subject = 0 GROUP BY 1) USING (id) \
         WHERE id > 1 AND version <> ifnull(entries, 0)",
        "people have other versions than entries in the feed",
    ),
    (
        "SELECT coalesce(max(CAST(subject_id AS INTEGER)), 1) - 1 - count(*) FROM changes WHERE subject = 0 AND action = 0",
        "ids are not dense",
    ),
    (
        "SELECT 1 + total(CASE action WHEN 0 THEN 1 WHEN 2 THEN -1 ELSE 0 END) - (SELECT count(*) FROM users) FROM changes \
         WHERE subject = 0",
        "the feed tells of other people than there are",
    ),
    (
        "SELECT count(*) FROM users WHERE rank <> ifnull((SELECT rank FROM ranks WHERE user_id = users.id), 0)",
        "ranks do not follow from roles",
    ),
    (
        "SELECT count(*) FROM users, search_progress WHERE id <= done AND id NOT IN (SELECT id FROM user_search_docsize)",
        "people are missing in the search index",
    ),
    (
        "SELECT count(*) FROM user_search_docsize, search_progress \
         WHERE id > done OR (id NOT IN (SELECT id FROM users) AND id NOT IN (SELECT id FROM search_stale))",
        "the search index has people who are gone",
    ),
];

/// Everybody in a file whose name begins with a prefix of clients, unless the file is not sound: then what is wrong with it.
pub fn inspect(database: &Path) -> Result<People, String> {
    look(database).unwrap_or_else(|error| Err(format!("the file cannot be read: {error}")))
}

fn look(database: &Path) -> rusqlite::Result<Result<People, String>> {
    let sql = Connection::open(database)?;
    sql.execute_batch("BEGIN")?;
    let whole: String = sql.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if whole != "ok" {
        return Ok(Err(format!("integrity_check: {whole}")));
    }
    for (question, wrong) in SOUND {
        let off: f64 = sql.query_row(question, [], |row| row.get(0))?;
        if off != 0.0 {
            return Ok(Err(format!("{wrong} ({off})")));
        }
    }
    people(&sql).map(Ok)
}

fn people(sql: &Connection) -> rusqlite::Result<People> {
    let setting = |key: &str| format!("ifnull((SELECT value FROM user_settings WHERE user_id = id AND key = '{key}'), '')");
    let all = format!(
        "SELECT username, id, display_name, ifnull(external_id, ''), {}, substr({signature}, 1, {BEGIN}), length({signature}), \
         (SELECT group_concat(role_id) FROM user_roles WHERE user_id = id) FROM users WHERE id > 2",
        setting("DisplayNameForChat"),
        signature = setting("PortalSignature"),
    );
    let mut statement = sql.prepare(&all)?;
    let rows = statement.query_map([], |row| {
        let roles: Option<String> = row.get(7)?;
        let person = Person {
            id: row.get(1)?,
            display: row.get(2)?,
            external: row.get(3)?,
            chat: row.get(4)?,
            signature: (row.get(5)?, row.get(6)?),
            roles: roles.iter().flat_map(|roles| roles.split(',')).map(|role| role.parse().unwrap()).collect(),
        };
        Ok((row.get(0)?, person))
    })?;
    rows.collect()
}
