//! The store on SQLite, the only home of its crates.
//!
//! One file in WAL mode. Each reading thread owns a connection; one thread writes. Every commit is synced (`synchronous=FULL`), and a
//! group of calls shares one commit. The numbers behind these choices are in `docs/architecture.md`.

mod checkpoints;
mod connection;
mod feed;
mod follower;
mod imports;
mod migrate;
mod people;
mod read;
mod read_people;
mod read_structure;
mod reader;
mod removal;
mod search;
mod write;
mod write_structure;
mod writer;

pub use connection::{OpenError, Tuning, note_address, noted_address};
pub use migrate::SCHEMA_VERSION;
pub use read::Session;
pub use search::{catch_up as catch_up_search, fill as fill_search, merge as merge_search};

use super::{Job, Look, Reading, Store};
use crate::domain::Error;
use r2d2_sqlite::SqliteConnectionManager;
use std::cell::Cell;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// A database file, held by this process alone.
pub struct SqliteStore {
    readers: reader::Readers,
    writer: writer::Writer,
    /// For what is no call: health checks and tools.
    pool: r2d2::Pool<SqliteConnectionManager>,
    /// The database itself, closed after all connections are.
    _file: Arc<File>,
    /// Held as long as the store is open; the lock goes with it.
    _lock: File,
}

impl SqliteStore {
    /// Opens the database, making and migrating it as needed.
    pub fn open(path: &Path, tuning: Tuning) -> Result<Self, OpenError> {
        let lock = connection::lock(path)?;
        let mut connection = connection::open_writer(path, tuning)?;
        migrate::migrate(&mut connection)?;
        let pool = connection::pool(path)?;
        let people = Arc::new(people::People::new(tuning.people_kib));
        people.watch(&connection)?;
        let readers = reader::Readers::new(path, Arc::clone(&people));
        let file = Arc::new(connection::open_file(path)?);
        let checkpoints = checkpoints::Checkpoints::start(path, Arc::clone(&file), &connection)?;
        let writer = writer::Writer::start(connection, people, checkpoints, tuning.queue).map_err(OpenError::Thread)?;
        Ok(SqliteStore { readers, writer, pool, _file: file, _lock: lock })
    }
}

impl Look for SqliteStore {
    fn read(&self, work: Reading<'_>) -> Result<(), Error> {
        self.readers.read(work)
    }
}

impl Store for SqliteStore {
    fn write(&self, job: Box<dyn Job>) {
        self.writer.submit(job);
    }

    fn check(&self) -> Result<(), Error> {
        let connection = self.pool.get().map_err(|error| Error::Unavailable { inner: error.to_string() })?;
        let roles = connection.query_row("SELECT count(*) FROM roles", [], |row| row.get(0)).map_err(failed);
        let roles: i64 = roles.inspect_err(|_| connection::forget_pages(&connection))?;
        if roles == 0 { Err(Error::Unavailable { inner: "the built-in roles are missing".to_owned() }) } else { Ok(()) }
    }
}

thread_local! {
    /// Whether this thread had trouble outside with the file since it last looked.
    static TROUBLED: Cell<bool> = const { Cell::new(false) };
}

/// An error of SQLite in words of the domain: trouble outside is `Unavailable`, everything else a defect.
fn failed(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as Code;
    let outside = [
        Code::DatabaseBusy,
        Code::DatabaseLocked,
        Code::OutOfMemory,
        Code::ReadOnly,
        Code::OperationInterrupted,
        Code::SystemIoFailure,
        Code::DatabaseCorrupt,
        Code::DiskFull,
        Code::CannotOpen,
        Code::FileLockingProtocolFailed,
        Code::NotADatabase,
    ];
    match error.sqlite_error_code() {
        Some(code) if outside.contains(&code) => {
            TROUBLED.set(true);
            Error::Unavailable { inner: error.to_string() }
        }
        _ => Error::internal(format!("store: {error}")),
    }
}
