//! How connections are opened: pragmas, the lock file, the pool.

use super::migrate;
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a connection waits for a lock that an outside tool holds.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Pages of the log from which on it is copied back: 64 MB, in which a page is overwritten many times before it is copied. Meanwhile it
/// grows on, by a tenth or so; it is cut only when a large change made it several times as long, since each cut costs its growing again.
pub const LOG_PAGES: i64 = 32_000;
/// Statements kept prepared on each connection.
const STATEMENTS: usize = 128;

/// What an operator may tune of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Changes that may wait for the writer; more are refused at once.
    pub queue: usize,
    /// The writer's page cache in KiB.
    pub cache_kib: u32,
    /// Memory for people that were read lately, in KiB; 0 for none.
    pub people_kib: u32,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning { queue: 4096, cache_kib: 4 * 1024, people_kib: 8 * 1024 }
    }
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("{database} is in use by another asmxd; stop that one first (the lock file is {lock})")]
    Locked {
        /// The database file.
        database: PathBuf,
        /// Its lock file.
        lock: PathBuf,
    },
    /// The lock file cannot be made.
    #[error("{path}: {error}")]
    LockFile {
        /// The lock file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The database cannot be read.
    #[error("{path}: {error}")]
    File {
        /// The database file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It belongs to another program.
    #[error("the file is a database of another program; name another file")]
    Foreign,
    /// It is of a later version.
    #[error("the database has schema version {found}, and this asmxd knows up to {known}; use the newer asmxd")]
    Newer {
        /// The version found.
        found: i64,
        /// The newest one known.
        known: i64,
    },
    /// SQLite's own reason.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The pool's own reason.
    #[error("{0}")]
    Pool(#[from] r2d2::Error),
    /// No thread could be started.
    #[error("the writer thread could not be started: {0}")]
    Thread(std::io::Error),
}

/// Takes the lock that keeps a second process away: what is kept in memory and group commit are right for one alone.
///
/// Links are followed, as SQLite does: the lock is the file's own, whatever it is called by.
pub fn lock(database: &Path) -> Result<File, OpenError> {
    let lock = lock_file(database);
    let file = File::options().create(true).truncate(false).write(true).open(&lock);
    let file = file.map_err(|error| OpenError::LockFile { path: lock.clone(), error })?;
    match file.try_lock() {
        Ok(()) => match file.set_len(0) {
            Ok(()) => Ok(file),
            Err(error) => Err(OpenError::LockFile { path: lock, error }),
        },
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { database: database.to_owned(), lock }),
        Err(TryLockError::Error(error)) => Err(OpenError::LockFile { path: lock, error }),
    }
}

fn lock_file(database: &Path) -> PathBuf {
    let mut lock = database.canonicalize().unwrap_or_else(|_| database.to_owned()).into_os_string();
    lock.push(".lock");
    PathBuf::from(lock)
}

/// Notes in the lock file at which address the process that holds the database can be called. Tools that find it held look there.
pub fn note_address(database: &Path, address: &str) -> std::io::Result<()> {
    std::fs::write(lock_file(database), address)
}

/// The address at which whoever holds the database can be called, if it said so.
pub fn noted_address(database: &Path) -> Option<String> {
    std::fs::read_to_string(lock_file(database)).ok().filter(|address| !address.is_empty())
}

/// The one connection that writes.
///
/// Pages of 2 KiB halve the bytes that random index inserts write. That and [`LOG_PAGES`] must be measured again before they are changed.
pub fn open_writer(path: &Path, tuning: Tuning) -> Result<Connection, OpenError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    migrate::check_owner(&connection)?;
    connection.pragma_update(None, "page_size", 2048)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "journal_size_limit", 256 * 1024 * 1024)?;
    connection.pragma_update(None, "cache_size", -i64::from(tuning.cache_kib))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    // What is replaced or deleted is overwritten in pages that are written anyway: an old hash of a password is not left in their gaps.
    connection.query_row("PRAGMA secure_delete = FAST", [], |_| Ok(()))?;
    Ok(connection)
}

/// A connection that copies the log back.
pub fn open_checkpointer(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(path, reader_flags())?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(connection)
}

/// The database as a file of its own, for what SQLite does not offer.
pub fn open_file(path: &Path) -> Result<File, OpenError> {
    File::open(path).map_err(|error| OpenError::File { path: path.to_owned(), error })
}

/// A connection that cannot write.
pub fn open_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(path, reader_flags())?;
    prepare_reader(&connection)?;
    Ok(connection)
}

/// Lets go of the pages that are kept in memory: one that was damaged when it was read would stay so when the file is mended.
pub fn forget_pages(connection: &Connection) {
    // If this fails, the next call fails as the last one did.
    let _ = connection.execute_batch("PRAGMA shrink_memory");
}

/// The pool of reading connections for what is no call.
pub fn pool(path: &Path) -> Result<r2d2::Pool<SqliteConnectionManager>, OpenError> {
    let manager =
        SqliteConnectionManager::file(path).with_flags(reader_flags()).with_init(|connection| prepare_reader(connection));
    let pool = r2d2::Pool::builder()
        .max_size(2)
        .min_idle(Some(0))
        .test_on_check_out(false)
        .connection_timeout(BUSY_TIMEOUT)
        .build(manager)?;
    Ok(pool)
}

fn reader_flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// WAL readers must be able to write its index, so the file is opened for writing and the connection told never to.
fn prepare_reader(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "cache_size", -2048)
}
