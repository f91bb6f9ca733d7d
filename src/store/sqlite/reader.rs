//! Reading connections: each thread that reads owns one, so that a call of a few microseconds pays for no pool and no hand-over.

use super::connection::open_reader;
use super::read::Session;
use super::{TROUBLED, failed};
use crate::domain::Error;
use crate::store::Reading;
use rusqlite::Connection;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

thread_local! {
    /// This thread's connection and the store it belongs to.
    static CONNECTION: RefCell<Option<(u64, Connection)>> = const { RefCell::new(None) };
}

static NEXT_STORE: AtomicU64 = AtomicU64::new(0);

/// The readers of one database.
pub struct Readers {
    path: PathBuf,
    /// Tells this store from others that the same thread may have read.
    store: u64,
}

impl Readers {
    /// Readers of the database at `path`; connections are opened when a thread first reads.
    pub fn new(path: &Path) -> Self {
        Readers { path: path.to_owned(), store: NEXT_STORE.fetch_add(1, Ordering::Relaxed) }
    }

    /// Runs `work` in one read transaction on this thread's connection.
    pub fn read(&self, work: Reading<'_>) -> Result<(), Error> {
        CONNECTION.with(|slot| {
            let mut slot = slot.try_borrow_mut().map_err(|_| Error::internal("a read within a read"))?;
            if slot.as_ref().is_none_or(|(store, _)| *store != self.store) {
                *slot = Some((self.store, open_reader(&self.path).map_err(failed)?));
            }
            let Some((_, connection)) = slot.as_ref() else {
                return Err(Error::internal("no reading connection"));
            };
            TROUBLED.set(false);
            let outcome = view(connection, work);
            if TROUBLED.get() {
                // It may keep pages in memory that were damaged when they were read: the next read gets a new one. What the work made of
                // the trouble does not count: a call may well be answered with it.
                *slot = None;
            }
            outcome
        })
    }
}

/// Runs `work` in a read transaction.
fn view(connection: &Connection, work: Reading<'_>) -> Result<(), Error> {
    let view = View::begin(connection)?;
    work(&Session::new(connection))?;
    drop(view);
    Ok(())
}

/// A read transaction; it ends when dropped, also by a panic, so that no snapshot outlives its call (R9).
struct View<'c>(&'c Connection);

impl<'c> View<'c> {
    fn begin(connection: &'c Connection) -> Result<Self, Error> {
        connection.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])).map_err(failed)?;
        Ok(View(connection))
    }
}

impl Drop for View<'_> {
    fn drop(&mut self) {
        // Nothing was written, so nothing can be lost; a connection that cannot even end is replaced by SQLite's next error.
        let _ = self.0.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
    }
}
