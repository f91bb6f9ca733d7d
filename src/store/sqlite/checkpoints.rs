//! Checkpoints: what the write-ahead log holds is copied back into the database, beside the writer instead of by it.
//!
//! Once the log is long, a thread with a connection of its own copies what is there (`PASSIVE`, which holds up nobody), and once more what
//! came meanwhile. The little that is left then is the writer's, between two commits: only when all is copied can the log begin anew, and
//! under steady load nobody else would ever find it so. SQLite syncs the database only then, so the thread does so before: a sync of all
//! that was copied held the writer up for 17 to 20 ms, and all by the writer alone for up to 50 ms every 64 MB.

use super::connection::{LOG_PAGES, open_checkpointer};
use rusqlite::Connection;
use std::cell::Cell;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

/// Pages that a pass copied at most, when the writer can do the next one: it will have about as many, or fewer.
const LITTLE: i64 = 256;
/// Pages by which a long log grows before it is tried again to copy it, should somebody hold it up.
const AGAIN: i64 = LOG_PAGES / 8;

thread_local! {
    /// The pages of the log after this thread's last commit.
    static PAGES: Cell<i64> = const { Cell::new(0) };
}

/// The writer's side of the thread that copies.
pub struct Checkpoints {
    wanted: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    /// Whether there is little left.
    nearly: Arc<AtomicBool>,
    /// The pages of the log when it was last asked for.
    asked: i64,
}

impl Checkpoints {
    /// Starts the thread, for the database that `writer` writes. `file` is the database once more, for as long as anybody has it open:
    /// to close it would take the locks of all connections along (POSIX, `fcntl`).
    pub fn start(path: &Path, file: Arc<File>, writer: &Connection) -> Result<Self, super::OpenError> {
        // From now on SQLite makes no checkpoints by itself.
        writer.wal_hook(Some(|_, pages| {
            PAGES.set(i64::from(pages));
            Ok(())
        }));
        let connection = open_checkpointer(path)?;
        let (wanted, asked) = sync_channel(1);
        let nearly = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&nearly);
        let run = move || copy(&connection, &file, &asked, &told);
        let thread = Builder::new().name("asmxd-checkpoint".to_owned()).spawn(run).map_err(super::OpenError::Thread)?;
        Ok(Checkpoints { wanted: Some(wanted), thread: Some(thread), nearly, asked: 0 })
    }

    /// Is told of each commit, on the writer's thread, and asks for a checkpoint when the log is long.
    pub fn committed(&mut self) {
        let pages = PAGES.get();
        if pages < self.asked {
            self.asked = 0;
        }
        if pages >= LOG_PAGES && pages >= self.asked + AGAIN {
            self.asked = pages;
            // If one is asked for already, that one will do.
            let _ = self.wanted.as_ref().map(|wanted| wanted.try_send(()));
        }
    }

    /// Copies the little that is left, if it is little; between two commits, on the writer's connection.
    pub fn finish(&mut self, writer: &Connection) {
        if self.nearly.swap(false, Ordering::Relaxed) {
            passive(writer);
            self.asked = 0;
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        drop(self.wanted.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was logged when it happened.
            let _ = thread.join();
        }
    }
}

fn copy(connection: &Connection, file: &File, wanted: &Receiver<()>, nearly: &AtomicBool) {
    while let Ok(()) = wanted.recv() {
        let (mut before, mut last) = (0, i64::MAX);
        // What is not copied is held up by somebody who has been reading since before: it is tried again once the log has grown.
        while let Some((pages, copied)) = passive(connection).filter(|(pages, copied)| copied == pages || *copied > before) {
            if let Err(error) = file.sync_data() {
                tracing::warn!(%error, "the database could not be synced; it will be tried again");
                break;
            }
            // Each pass has what came during the one before: soon that is little, or so much comes that it does not become less.
            let came = pages - before;
            if came <= LITTLE || came > last / 2 {
                nearly.store(true, Ordering::Relaxed);
                break;
            }
            (before, last) = (copied, came);
        }
    }
}

/// Copies what can be copied without holding anybody up, and answers how many pages the log had, and how many of them are copied.
fn passive(connection: &Connection) -> Option<(i64, i64)> {
    let done = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get(1)?, row.get(2)?)));
    // The log stays, where everybody reads it; it is tried again once there is more.
    done.inspect_err(|error| tracing::warn!(%error, "the write-ahead log could not be copied back; it will be tried again")).ok()
}
