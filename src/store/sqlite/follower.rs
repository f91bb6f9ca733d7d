//! When the search index follows what is written: by steps of some entries, each in a transaction of its own, between those of the calls.
//!
//! A step is made when nobody has asked for a change for a moment, and after some commits when there always is somebody. Whoever asks
//! meanwhile waits for one step at most: some 1 ms for entries and 2 ms for merging as a rule, up to 20 ms for what everybody of 100,000 people
//! has in common. Within the calls' transactions, where all that was before, changes of names were half as fast.

use super::connection::{BUSY_TIMEOUT, forget_pages};
use super::search;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::time::Duration;

/// Entries that a step makes. Each step adds a piece to the index: small ones are quickly made, and have to be merged more often.
const STEP: u32 = 64;
/// Pages that the next step merges: what the entries of a step need on all levels of the index.
const MERGED: i32 = 12;
/// How long nobody must have asked for a change.
const LULL: Duration = Duration::from_millis(1);
/// Commits after which a step is made all the same.
const COMMITS: u32 = 8;

/// What the search index is behind.
pub struct Follower {
    /// Entries that are to be made; not fewer than there are.
    missing: u32,
    /// Whether the entries of the last step have still to be merged.
    unmerged: bool,
    /// Commits since the last step.
    commits: u32,
    /// Whether the last step failed.
    failed: bool,
}

impl Follower {
    /// Looks how far the index is. Where that cannot be seen, a step is tried.
    pub fn new(connection: &Connection) -> Self {
        Follower { missing: search::missing(connection).unwrap_or(STEP), unmerged: false, commits: 0, failed: false }
    }

    /// Is told that so many more entries are to be made, or fewer if the change is undone.
    pub fn expect(&mut self, entries: u32) {
        self.missing = self.missing.saturating_add(entries);
    }

    /// How long the writer is to wait for the next job before it calls [`follow`](Follower::follow); nothing if that has time.
    pub fn lull(&self) -> Option<Duration> {
        (self.is_behind() && !self.failed).then_some(LULL)
    }

    /// Is told of a commit, and makes a step if there was none for long.
    pub fn committed(&mut self, connection: &Connection) {
        self.commits = self.commits.saturating_add(1);
        if self.commits >= COMMITS && !self.failed {
            self.follow(connection);
        }
    }

    /// Makes a step, if there is one to be made.
    pub fn follow(&mut self, connection: &Connection) {
        if !self.is_behind() {
            return;
        }
        self.commits = 0;
        let outcome = self.step(connection);
        if let Err(error) = &outcome {
            forget_pages(connection);
            if !self.failed {
                tracing::warn!(%error, "the search index could not follow; until it can, searches take longer");
            }
        }
        self.failed = outcome.is_err();
    }

    fn is_behind(&self) -> bool {
        self.unmerged || self.missing >= STEP
    }

    fn step(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        // Calls wait meanwhile; they must not wait for somebody else's lock, too.
        connection.busy_timeout(Duration::ZERO)?;
        let begun = Transaction::new_unchecked(connection, TransactionBehavior::Immediate);
        connection.busy_timeout(BUSY_TIMEOUT)?;
        let transaction = begun?;
        if self.unmerged {
            search::merge(&transaction, MERGED)?;
            transaction.commit()?;
            self.unmerged = false;
        } else {
            let made = search::catch_up(&transaction, STEP)?;
            transaction.commit()?;
            self.unmerged = made > 0;
            // Where there were fewer, some of those that were told of were undone.
            self.missing = if made < STEP { 0 } else { self.missing.saturating_sub(made) };
        }
        Ok(())
    }
}
