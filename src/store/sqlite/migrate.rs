//! Migrations: numbered SQL files, forward only, one transaction each. `PRAGMA user_version` holds the number reached.

use super::connection::OpenError;
use rusqlite::{Connection, TransactionBehavior};

/// Every migration in order; the first brings an empty file to version 1.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_people_and_roles.sql"),
    include_str!("migrations/0002_structure.sql"),
    include_str!("migrations/0003_changes.sql"),
    include_str!("migrations/0004_avatars.sql"),
    include_str!("migrations/0005_lists.sql"),
    include_str!("migrations/0006_imports.sql"),
    include_str!("migrations/0007_search_merges.sql"),
    include_str!("migrations/0008_search_follows.sql"),
];

/// The version that this program needs and makes.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// What tells our files from those of other programs: `PRAGMA application_id`, in ASCII "asxd".
const APPLICATION: i64 = 0x6173_7864;

/// Fails unless the file is empty or ours, before anything is written to it.
pub fn check_owner(connection: &Connection) -> Result<(), OpenError> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if tables == 0 || application == APPLICATION { Ok(()) } else { Err(OpenError::Foreign) }
}

/// Brings the database to the newest version; one that is newer still is refused.
pub fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA_VERSION {
        return Err(OpenError::Newer { found, known: SCHEMA_VERSION });
    }
    for (version, sql) in (1..).zip(MIGRATIONS).skip_while(|(version, _)| *version <= found) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", version)?;
        tx.pragma_update(None, "application_id", APPLICATION)?;
        tx.commit()?;
    }
    Ok(())
}
