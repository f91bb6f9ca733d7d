//! The one thread that writes: whatever gathered while the last commit was being synced shares the next one.
//!
//! A call alone never waits for company. A failure undoes only itself; nobody is told of success before the commit.

use super::checkpoints::Checkpoints;
use super::connection::forget_pages;
use super::failed;
use super::follower::Follower;
use super::people::People;
use super::read::{Memory, Session};
use crate::domain::Error;
use crate::store::Job;
use rusqlite::Connection;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// The most calls that share a commit.
const BATCH: usize = 256;
/// How long it takes to notice that another process has changed the file.
pub const GLANCE: Duration = Duration::from_millis(250);

/// The writer's queue and thread.
pub struct Writer {
    queue: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread on its connection.
    pub fn start(connection: Connection, people: Arc<People>, checkpoints: Checkpoints, queue: usize) -> std::io::Result<Self> {
        let (sender, jobs) = sync_channel(queue);
        let follower = Follower::new(&connection);
        let pen = Pen { connection, people, checkpoints, follower, version: None };
        let thread = Builder::new().name("asmxd-writer".to_owned()).spawn(move || pen.run(&jobs))?;
        Ok(Writer { queue: Some(sender), thread: Some(thread) })
    }

    /// Queues a job, or finishes it as busy.
    pub fn submit(&self, job: Box<dyn Job>) {
        let refused = match self.queue.as_ref().map(|queue| queue.try_send(job)) {
            Some(Err(TrySendError::Full(job) | TrySendError::Disconnected(job))) => Some(job),
            _ => None,
        };
        if let Some(job) = refused {
            finish(job, Err(Error::Busy));
        }
    }
}

/// Closes the queue and waits until all that was queued is written and the log is copied back; unless it is a job that held the last
/// of the store, which cannot wait for itself.
impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        let here = std::thread::current().id();
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != here) {
            // A panic of the thread was logged when it happened.
            let _ = thread.join();
        }
    }
}

/// The writer's thread: its connection, and what it keeps right besides the file.
struct Pen {
    connection: Connection,
    people: Arc<People>,
    checkpoints: Checkpoints,
    /// What the search index is behind.
    follower: Follower,
    /// SQLite's number for what others have changed in the file.
    version: Option<i64>,
}

/// A job that was run, and what came of it.
type Ran = (Box<dyn Job>, Result<(), Error>);

impl Pen {
    fn run(mut self, jobs: &Receiver<Box<dyn Job>>) {
        loop {
            match jobs.recv_timeout(self.follower.lull().unwrap_or(GLANCE)) {
                Ok(first) => {
                    self.batch(first, jobs);
                    self.follower.committed(&self.connection);
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.glance();
                    self.follower.follow(&self.connection);
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.checkpoints.committed();
            self.checkpoints.finish(&self.connection);
        }
        drop(self.checkpoints);
        if let Err(error) = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
            tracing::warn!(%error, "the write-ahead log could not be copied back; the next start does it");
        }
    }

    /// Looks whether somebody else has changed the file, which nobody should while asmxd runs; then nobody in memory is trusted.
    fn glance(&mut self) {
        let version = self.connection.prepare_cached("PRAGMA data_version");
        let version = version.and_then(|mut statement| statement.query_row([], |row| row.get(0))).ok();
        if version.is_none() || version != self.version {
            self.version = version;
            self.people.forget_all();
        }
    }

    /// Runs the first job and all that are waiting in one transaction, then tells each how it ended.
    fn batch(&mut self, first: Box<dyn Job>, jobs: &Receiver<Box<dyn Job>>) {
        let alone = first.is_alone();
        let others = std::iter::from_fn(|| jobs.try_recv().ok());
        let waiting = std::iter::once(first).chain(others).take(if alone { 1 } else { BATCH });
        if let Err(error) = self.begin() {
            forget_pages(&self.connection);
            // Whoever waits behind a lock from outside has waited long enough: one after the other they would wait for minutes.
            return waiting.for_each(|job| finish(job, Err(error.clone())));
        }
        let mut done = Vec::new();
        for mut job in waiting {
            let before = self.connection.total_changes();
            let outcome = self.run_job(job.as_mut());
            let wrote = self.connection.total_changes() != before;
            let half_done = wrote && outcome.is_err();
            done.push((job, outcome));
            if half_done && !alone && !self.connection.is_autocommit() {
                self.again(&mut done);
            }
            if half_done || self.connection.is_autocommit() {
                // SQLite undid the whole transaction, as it does when the disk is full, or a job left something behind; what waits gets
                // a new one.
                break;
            }
        }
        let committed = self.end(alone && done.iter().any(|(_, outcome)| outcome.is_err()));
        let trouble = |outcome: &Result<(), Error>| matches!(outcome, Err(Error::Unavailable { .. }));
        if trouble(&committed) || done.iter().any(|(_, outcome)| trouble(outcome)) {
            forget_pages(&self.connection);
        }
        for (job, outcome) in done {
            finish(job, outcome.and_then(|()| committed.clone()));
        }
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.execute("BEGIN IMMEDIATE")?;
        self.people.begin();
        self.glance();
        Ok(())
    }

    /// Ends the transaction, unless SQLite did, and answers whether it was committed. One that is to be undone counts as committed.
    fn end(&mut self, is_to_be_undone: bool) -> Result<(), Error> {
        if self.connection.is_autocommit() {
            return Err(Error::Unavailable { inner: "the transaction was undone by SQLite".to_owned() });
        }
        if is_to_be_undone {
            return self.execute("ROLLBACK");
        }
        self.people.forget_touched();
        let committed = self.execute("COMMIT");
        self.people.settle();
        if committed.is_err() && !self.connection.is_autocommit() {
            // If even this fails, the next BEGIN does, and says so to its caller.
            let _ = self.execute("ROLLBACK");
        }
        committed
    }

    /// Runs jobs again, of which the last failed after it had written something: a new transaction has a savepoint for each.
    ///
    /// Jobs that fail do so before they write, nearly always, and a savepoint is two statements.
    fn again(&mut self, done: &mut [Ran]) {
        let begun = self.execute("ROLLBACK").and_then(|()| self.begin());
        for (job, outcome) in done {
            *outcome = begun.clone().and_then(|()| self.one(job.as_mut()));
        }
    }

    /// Runs one job in a savepoint; a failure or a panic undoes what it wrote.
    fn one(&mut self, job: &mut dyn Job) -> Result<(), Error> {
        if self.connection.is_autocommit() {
            return Err(Error::Unavailable { inner: "the transaction was undone by SQLite".to_owned() });
        }
        self.execute("SAVEPOINT call")?;
        let outcome = self.run_job(job);
        if self.connection.is_autocommit() {
            return outcome;
        }
        let undone = if outcome.is_err() { self.execute("ROLLBACK TO call") } else { Ok(()) };
        if let Err(error) = undone.and_then(|()| self.execute("RELEASE call")) {
            // What one call wrote can no longer be told from what the others did: all of it is undone, and all are told.
            let _ = self.execute("ROLLBACK");
            return Err(error);
        }
        outcome
    }

    /// Runs a job; a panic is a failure. What it wrote is undone by whoever called.
    fn run_job(&mut self, job: &mut dyn Job) -> Result<(), Error> {
        let mut session = Session::with(&self.connection, Memory::Writing(&self.people));
        let outcome = catch_unwind(AssertUnwindSafe(|| job.run(&mut session)));
        self.follower.expect(session.unindexed);
        match outcome {
            Ok(outcome) => outcome,
            Err(panic) => Err(Error::internal(format!("a writing call panicked: {}", message(&*panic)))),
        }
    }

    fn execute(&self, sql: &str) -> Result<(), Error> {
        self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(failed)
    }
}

/// Tells a job how it ended. One that panics over it must not take the others along; the panic itself was reported when it happened.
fn finish(job: Box<dyn Job>, outcome: Result<(), Error>) {
    let _ = catch_unwind(AssertUnwindSafe(|| job.finish(outcome)));
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
