//! The one thread that writes: whatever gathered while the last commit was being synced shares the next one.
//!
//! A call alone never waits for company. Each call has a savepoint, so a failure undoes only itself; nobody is told of success before
//! the commit.

use super::connection::forget_pages;
use super::failed;
use super::read::Session;
use crate::domain::Error;
use crate::store::Job;
use rusqlite::Connection;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{Builder, JoinHandle};

/// The most calls that share a commit.
const BATCH: usize = 256;

/// The writer's queue and thread.
pub struct Writer {
    queue: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread on its connection.
    pub fn start(connection: Connection, queue: usize) -> std::io::Result<Self> {
        let (sender, jobs) = sync_channel(queue);
        let thread = Builder::new().name("asmxd-writer".to_owned()).spawn(move || run(&connection, &jobs))?;
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

fn run(connection: &Connection, jobs: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = jobs.recv() {
        batch(connection, first, jobs);
    }
    if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log could not be copied back; the next start does it");
    }
}

/// Runs the first job and all that are waiting in one transaction, then tells each how it ended.
fn batch(connection: &Connection, first: Box<dyn Job>, jobs: &Receiver<Box<dyn Job>>) {
    let alone = first.is_alone();
    let others = std::iter::from_fn(|| jobs.try_recv().ok());
    let waiting = std::iter::once(first).chain(others).take(if alone { 1 } else { BATCH });
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE") {
        forget_pages(connection);
        // Whoever waits behind a lock from outside has waited long enough: one after the other they would wait for minutes.
        return waiting.for_each(|job| finish(job, Err(error.clone())));
    }
    let mut done = Vec::new();
    for mut job in waiting {
        let outcome = if alone { run_job(connection, job.as_mut()) } else { one(connection, job.as_mut()) };
        done.push((job, outcome));
        if connection.is_autocommit() {
            // SQLite undid the whole transaction, as it does when the disk is full; what waits gets a new one.
            break;
        }
    }
    let committed = if connection.is_autocommit() {
        Err(Error::Unavailable { inner: "the transaction was undone by SQLite".to_owned() })
    } else if alone && done.iter().any(|(_, outcome)| outcome.is_err()) {
        execute(connection, "ROLLBACK")
    } else {
        execute(connection, "COMMIT")
    };
    if committed.is_err() && !connection.is_autocommit() {
        // If even this fails, the next BEGIN does, and says so to its caller.
        let _ = execute(connection, "ROLLBACK");
    }
    let trouble = |outcome: &Result<(), Error>| matches!(outcome, Err(Error::Unavailable { .. }));
    if trouble(&committed) || done.iter().any(|(_, outcome)| trouble(outcome)) {
        forget_pages(connection);
    }
    for (job, outcome) in done {
        finish(job, outcome.and_then(|()| committed.clone()));
    }
}

/// Tells a job how it ended. One that panics over it must not take the others along; the panic itself was reported when it happened.
fn finish(job: Box<dyn Job>, outcome: Result<(), Error>) {
    let _ = catch_unwind(AssertUnwindSafe(|| job.finish(outcome)));
}

/// Runs one job in a savepoint; a failure or a panic undoes what it wrote.
fn one(connection: &Connection, job: &mut dyn Job) -> Result<(), Error> {
    execute(connection, "SAVEPOINT call")?;
    let outcome = run_job(connection, job);
    if connection.is_autocommit() {
        return outcome;
    }
    let undone = if outcome.is_err() { execute(connection, "ROLLBACK TO call") } else { Ok(()) };
    if let Err(error) = undone.and_then(|()| execute(connection, "RELEASE call")) {
        // What one call wrote can no longer be told from what the others did: all of it is undone, and all are told.
        let _ = execute(connection, "ROLLBACK");
        return Err(error);
    }
    outcome
}

/// Runs a job; a panic is a failure. What it wrote is undone by whoever called.
fn run_job(connection: &Connection, job: &mut dyn Job) -> Result<(), Error> {
    let mut session = Session::new(connection);
    match catch_unwind(AssertUnwindSafe(|| job.run(&mut session))) {
        Ok(outcome) => outcome,
        Err(panic) => Err(Error::internal(format!("a writing call panicked: {}", message(&*panic)))),
    }
}

fn execute(connection: &Connection, sql: &str) -> Result<(), Error> {
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(failed)
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
