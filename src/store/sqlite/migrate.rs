//! Migrations: numbered SQL files, forward only, one transaction each. `PRAGMA user_version` holds the number reached.

use super::connection::OpenError;
use rusqlite::{Connection, TransactionBehavior};

/// Every migration in order; the first brings an empty file to version 1.
const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001_people_and_roles.sql"), include_str!("migrations/0002_structure.sql")];

/// The version that this program needs and makes.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

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
        tx.commit()?;
    }
    Ok(())
}
