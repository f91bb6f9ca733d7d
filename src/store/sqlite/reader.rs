//! Reading connections: each thread that reads owns one, so that a call of a few microseconds pays for no pool and no hand-over.

use super::connection::open_reader;
use super::people::{People, Window};
use super::read::{Memory, Session};
use super::{TROUBLED, failed};
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::user::User;
use crate::store::Reading;
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;
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
    people: Arc<People>,
}

impl Readers {
    /// Readers of the database at `path`; connections are opened when a thread first reads.
    pub fn new(path: &Path, people: Arc<People>) -> Self {
        Readers { path: path.to_owned(), store: NEXT_STORE.fetch_add(1, Ordering::Relaxed), people }
    }

    /// Runs `work` on one consistent view, by this thread's connection.
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
            let (mut outcome, is_torn) = View::new(connection, &self.people, self.people.window()).run(work);
            if is_torn {
                outcome = View::new(connection, &self.people, None).run(work).0;
            }
            if TROUBLED.get() {
                // It may keep pages in memory that were damaged when they were read: the next read gets a new one. What the work made of
                // the trouble does not count: a call may well be answered with it.
                *slot = None;
            }
            outcome
        })
    }
}

/// A consistent view: people from memory, and a read transaction once something is not found there. It ends when dropped, also by a
/// panic, so that no snapshot outlives its call (R9).
pub struct View<'c> {
    connection: &'c Connection,
    people: &'c People,
    window: Option<Window>,
    is_open: Cell<bool>,
    /// Whether people were taken from memory.
    took: Cell<bool>,
}

impl<'c> View<'c> {
    fn new(connection: &'c Connection, people: &'c People, window: Option<Window>) -> Self {
        View { connection, people, window, is_open: Cell::new(false), took: Cell::new(false) }
    }

    /// Runs `work`, and answers whether what it found may be of two states.
    fn run(&self, work: Reading<'_>) -> (Result<(), Error>, bool) {
        let outcome = work(&Session::with(self.connection, Memory::Viewing(self)));
        let is_torn = self.is_open.get() && self.took.get() && self.window.is_some_and(|window| self.people.is_torn(window));
        (outcome, is_torn)
    }

    /// Opens the transaction, if it is not open yet.
    pub fn open(&self) -> Result<(), Error> {
        if !self.is_open.get() {
            self.connection.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])).map_err(failed)?;
            self.is_open.set(true);
        }
        Ok(())
    }

    /// The person with this id, if it is in memory.
    pub fn by_id(&self, id: UserId) -> Option<Arc<User>> {
        self.taken(self.people.by_id(self.window?, id))
    }

    /// The person with this name key, if it is in memory.
    pub fn by_name(&self, key: &str) -> Option<Arc<User>> {
        self.taken(self.people.by_name(self.window?, key))
    }

    /// Remembers a person that was read in this view.
    pub fn remember(&self, user: &Arc<User>) {
        if let Some(window) = self.window {
            self.people.remember(window, user);
        }
    }

    fn taken(&self, user: Option<Arc<User>>) -> Option<Arc<User>> {
        self.took.set(self.took.get() || user.is_some());
        user
    }
}

impl Drop for View<'_> {
    fn drop(&mut self) {
        if self.is_open.get() {
            // Nothing was written, so nothing can be lost; a connection that cannot even end is replaced by SQLite's next error.
            let _ = self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        }
    }
}
