//! The search index of people: which three characters stand side by side in somebody's names and address.
//!
//! SQLite writes the index anew in small pieces at the end of each transaction, which would make a creation cost several times as much.
//! So people are put into it by blocks of ids: whoever makes the last of a block puts in all of it. Those of the block that is not full
//! yet are few enough to be looked at one by one. What the index finds is a guess; whoever asks compares the texts themselves.

use super::failed;
use super::read::Session;
use crate::domain::Error;
use crate::domain::name;
use crate::domain::user::User;
use rusqlite::{Connection, OptionalExtension};

/// How many ids a block has: fewer make creations dearer, more the searches and the one creation that fills a block.
const BLOCK: i32 = 256;

/// Pages of the index that a step merges, and the steps after a change, one at the end of each transaction: together more than a block of
/// people writes on all levels of the index, so that merging keeps up. SQLite's own merging did much at a time: 5 to 20 ms every
/// 2,000 creations, which made their p99 16 ms instead of 12 (64 callers, 2 cores).
const MERGED: i32 = 12;
pub const MERGES: u8 = 4;

/// What stands between the keys of a person, and in place of what SQLite cannot read.
const BETWEEN: &str = "\n";

const SOURCE: &str = "SELECT id, username_key, display_name, email_key FROM users WHERE id > ?1 AND id <= ?2";

impl Session<'_> {
    /// The last id of the last full block. Those up to it are in the index, those above are not.
    pub fn indexed_up_to(&self) -> Result<i32, Error> {
        last_full_block(self.opened()?).map_err(failed)
    }

    /// Is told of a new person, and puts its block into the index when that is full.
    pub fn index_new(&mut self, id: i32) -> Result<(), Error> {
        if id % BLOCK != 0 {
            return Ok(());
        }
        self.search_changed = true;
        put_all(self.connection, id - BLOCK, id).map_err(failed)
    }

    /// Is told of a person that is about to be changed.
    pub fn index_changed(&mut self, before: &User, after: &User) -> Result<(), Error> {
        let keys = |user: &User| joined(user.username.key(), &user.display_name, &name::key(&user.email));
        let (old, new, id) = (keys(before), keys(after), after.id.0);
        if old == new || id > self.indexed_up_to()? {
            return Ok(());
        }
        self.search_changed = true;
        self.execute("REPLACE INTO user_search (rowid, keys) VALUES (?1, ?2)", (id, new)).map(drop)
    }

    /// Is told of a person that is about to be removed.
    pub fn index_removed(&mut self, id: i32) -> Result<(), Error> {
        if id > self.indexed_up_to()? {
            return Ok(());
        }
        self.search_changed = true;
        self.execute("DELETE FROM user_search WHERE rowid = ?1", [id]).map(drop)
    }
}

/// Merges some of the pieces of the index: each transaction that changes it adds one.
pub fn merge(connection: &Connection) -> Result<(), Error> {
    let sql = "INSERT INTO user_search (user_search, rank) VALUES ('merge', ?1)";
    connection.prepare_cached(sql).and_then(|mut merge| merge.execute([MERGED])).map(drop).map_err(failed)
}

/// What the index is asked for people whose keys hold all trigrams of this one: plain texts in quotes, each of which must be there.
pub fn expression(key: &str) -> String {
    let characters: Vec<char> = readable(key).chars().collect();
    let mut trigrams: Vec<String> =
        characters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>().replace('"', "\"\""))).collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    trigrams.join(" AND ")
}

/// Puts everybody of the full blocks into the index: what a migration does, and whoever writes people past the store has to do.
pub fn fill(connection: &Connection) -> rusqlite::Result<()> {
    put_all(connection, 0, last_full_block(connection)?)
}

fn last_full_block(connection: &Connection) -> rusqlite::Result<i32> {
    let mut statement = connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'users'")?;
    let last: Option<i32> = statement.query_row([], |row| row.get(0)).optional()?;
    let last = last.unwrap_or_default();
    Ok(last - last % BLOCK)
}

/// Puts the people with ids above `from` and up to `to` into the index.
fn put_all(connection: &Connection, from: i32, to: i32) -> rusqlite::Result<()> {
    let mut source = connection.prepare_cached(&format!("{SOURCE} ORDER BY id"))?;
    let mut insert = connection.prepare_cached("INSERT INTO user_search (rowid, keys) VALUES (?1, ?2)")?;
    let mut rows = source.query((from, to))?;
    while let Some(row) = rows.next()? {
        insert.execute((row.get::<_, i32>(0)?, keys(row)?))?;
    }
    Ok(())
}

/// The keys of a row of [`SOURCE`].
fn keys(row: &rusqlite::Row<'_>) -> rusqlite::Result<String> {
    let (username, display_name, email): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(joined(&username, &display_name, &email))
}

fn joined(username_key: &str, display_name: &str, email_key: &str) -> String {
    readable(&[username_key, &name::key(display_name), email_key].join(BETWEEN))
}

/// SQLite would read a text to its first zero only.
fn readable(text: &str) -> String {
    text.replace('\0', BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_asked_for_by_its_trigrams_and_nothing_in_it_is_syntax() {
        assert_eq!(expression("anna"), r#""ann" AND "nna""#);
        assert_eq!(expression("aaaa"), r#""aaa""#);
        assert_eq!(expression("\"*a"), "\"\"\"*a\"");
        assert_eq!(expression("日本語学"), r#""日本語" AND "本語学""#);
        assert_eq!(expression("ab"), "");
    }
}
