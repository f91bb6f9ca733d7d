//! The search index of people: which three characters stand side by side in somebody's names and address.
//!
//! It follows what is written. An entry costs as much as all other rows of a creation together, and SQLite merges the pieces of the index
//! at times of its own; so no call makes entries. Whoever is new, and whoever's keys were changed or are gone, is noted, and the writer
//! puts some of them into the index when nothing else is to be done, or after some commits when there always is (see [`Follower`](super::follower::Follower)). Until
//! then they are looked at one by one. What the index finds is a guess; whoever asks compares the texts themselves.

use super::read::Session;
use crate::domain::Error;
use crate::domain::name;
use crate::domain::user::User;
use rusqlite::{Connection, Row};

/// What stands between the keys of a person, and in place of what SQLite cannot read.
const BETWEEN: &str = "\n";

impl Session<'_> {
    /// The last id that was put into the index. Those above are not in it.
    pub fn indexed_up_to(&self) -> Result<i32, Error> {
        let done = self.one("SELECT done FROM search_progress", [], |row| row.get(0))?;
        done.ok_or_else(|| Error::internal("how far the search index is was not noted"))
    }

    /// Is told of a new person.
    pub fn index_new(&mut self) {
        self.unindexed += 1;
    }

    /// Is told of a person that is about to be changed.
    pub fn index_changed(&mut self, before: &User, after: &User) -> Result<(), Error> {
        let same = before.username == after.username && before.display_name == after.display_name && before.email == after.email;
        if same { Ok(()) } else { self.index_stale(after.id.0) }
    }

    /// Is told of a person whose entry is to be made anew, or removed when the person is gone.
    pub fn index_stale(&mut self, id: i32) -> Result<(), Error> {
        if id <= self.indexed_up_to()? {
            self.unindexed += 1;
            self.execute("INSERT OR IGNORE INTO search_stale (id) VALUES (?1)", [id])?;
        }
        Ok(())
    }
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

/// How many entries are to be made.
pub fn missing(connection: &Connection) -> rusqlite::Result<u32> {
    let sql =
        "SELECT (SELECT count(*) FROM search_stale) + max(ifnull((SELECT max(id) FROM users), 0) - done, 0) FROM search_progress";
    connection.query_row(sql, [], |row| row.get(0))
}

/// Makes entries, `most` at most: first those that are to be made anew, then those of new people. Answers how many there were.
pub fn catch_up(connection: &Connection, most: u32) -> rusqlite::Result<u32> {
    let anew = renew(connection, most)?;
    Ok(anew + put_new(connection, most - anew)?)
}

/// Merges some pages of the pieces that the index has: each transaction that changes it adds a piece.
pub fn merge(connection: &Connection, pages: i32) -> rusqlite::Result<()> {
    let sql = "INSERT INTO user_search (user_search, rank) VALUES ('merge', ?1)";
    connection.prepare_cached(sql)?.execute([pages]).map(drop)
}

/// Puts everybody into the index who is not in it: for whoever writes people past the store.
pub fn fill(connection: &Connection) -> rusqlite::Result<()> {
    put_new(connection, u32::MAX).map(drop)
}

/// Makes entries anew, or removes those of whom is gone.
fn renew(connection: &Connection, most: u32) -> rusqlite::Result<u32> {
    let mut stale = connection.prepare_cached(
        "SELECT search_stale.id, username_key, display_name, email_key FROM search_stale LEFT JOIN users ON users.id = search_stale.id \
         ORDER BY search_stale.id LIMIT ?1",
    )?;
    let mut replace = connection.prepare_cached("REPLACE INTO user_search (rowid, keys) VALUES (?1, ?2)")?;
    let mut remove = connection.prepare_cached("DELETE FROM user_search WHERE rowid = ?1")?;
    let mut rows = stale.query([most])?;
    let (mut count, mut last) = (0, 0);
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        match row.get::<_, Option<String>>(1)? {
            Some(_) => replace.execute((last, keys(row)?))?,
            None => remove.execute([last])?,
        };
        count += 1;
    }
    drop(rows);
    connection.prepare_cached("DELETE FROM search_stale WHERE id <= ?1")?.execute([last])?;
    Ok(count)
}

/// Puts new people into the index.
fn put_new(connection: &Connection, most: u32) -> rusqlite::Result<u32> {
    let mut source = connection.prepare_cached(
        "SELECT id, username_key, display_name, email_key FROM users WHERE id > (SELECT done FROM search_progress) ORDER BY id LIMIT ?1",
    )?;
    let mut insert = connection.prepare_cached("INSERT INTO user_search (rowid, keys) VALUES (?1, ?2)")?;
    let mut rows = source.query([most])?;
    let (mut count, mut last) = (0, 0);
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        insert.execute((last, keys(row)?))?;
        count += 1;
    }
    drop(rows);
    if count > 0 {
        connection.prepare_cached("UPDATE search_progress SET done = ?1")?.execute([last])?;
    }
    Ok(count)
}

/// The keys of somebody: what the index is to hold of the columns behind the id.
fn keys(row: &Row<'_>) -> rusqlite::Result<String> {
    let (username_key, display_name, email_key): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(readable(&[username_key, name::key(&display_name), email_key].join(BETWEEN)))
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
