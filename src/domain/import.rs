//! Batch imports: what is asked of one, how far it is, and what came of each row.
//!
//! How a row becomes a person is the operations' affair, and files are unknown here.

use super::ids::{ImportId, UserId};
use super::listing::People;
use super::time::Instant;

/// The most rows of one call.
pub const MOST_ROWS: usize = 1000;
/// The most columns.
pub const MOST_COLUMNS: usize = 1000;
/// What share of the people in scope a sync may disable or remove unless said otherwise, in per cent.
pub const USUAL_SHARE: u8 = 5;

/// Declares an enumeration of the store: its numbers are those of the order.
macro_rules! numbered {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $word_doc:literal])* $word:ident),* $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $word_doc])* $word),* }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &[$name] = &[$($name::$word),*];
        }
    };
}

numbered! {
    /// What a row may do. The number is that of the store.
    Mode {
        /// Make people; those that are there already are duplicates.
        Create,
        /// Change people; those that are not there fail.
        Update,
        /// Make those that are not there, change the others.
        Upsert,
        /// The same, and at the end disable or remove the people of the scope who were in no row.
        Sync,
    }
}

numbered! {
    /// By which column a row's person is found. The number is that of the store.
    Key {
        /// The user name.
        Username,
        /// The e-mail address; a row fails if two people have it (R45).
        EmailAddress,
        /// The key of the other system.
        ExternalId,
    }
}

impl Key {
    /// The setting that it is.
    pub const fn setting(self) -> &'static str {
        match self {
            Key::Username => "Username",
            Key::EmailAddress => "EmailAddress",
            Key::ExternalId => "ExternalId",
        }
    }
}

numbered! {
    /// What becomes of a row whose person was in an earlier row or, where people are only made, is there already. The number is that of
    /// the store.
    OnDuplicate {
        /// It fails.
        Fail,
        /// It is passed over.
        Skip,
        /// It changes the person.
        Update,
    }
}

numbered! {
    /// What becomes of people who are missing at the end of a sync. The number is that of the store.
    Missing {
        /// They are disabled.
        Disable,
        /// They are removed for good.
        Remove,
    }
}

numbered! {
    /// How far a job is. The number is that of the store.
    State {
        /// It takes rows.
        Open,
        /// All rows came; those who are missing are being disabled or removed.
        Ending,
        /// It is done.
        Finished,
        /// It was ended before all rows came; what was done stays.
        Cancelled,
    }
}

numbered! {
    /// What came of a row. The number is that of the store.
    Outcome {
        /// A person was made.
        Created,
        /// A person was changed.
        Updated,
        /// The person is so already.
        Unchanged,
        /// The row was passed over.
        Skipped,
        /// The row was refused, and nothing of it was done.
        Failed,
        /// Somebody who was in no row was disabled.
        Disabled,
        /// Somebody who was in no row was removed.
        Removed,
    }
}

/// What is asked of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What rows may do.
    pub mode: Mode,
    /// How their people are found.
    pub key: Key,
    /// What becomes of duplicates.
    pub on_duplicate: OnDuplicate,
    /// Whether an empty cell brings back the default; otherwise it leaves the setting as it is.
    pub clear_empty: bool,
    /// Whose list is complete: of whom a sync disables or removes those who are missing.
    pub scope: Option<People>,
    /// What becomes of those.
    pub missing: Missing,
    /// The most of them, in per cent of the people in scope.
    pub most_missing: u8,
    /// Whether new people may come without a password, and then have to be given one: they are forced to change it.
    pub force_reset: bool,
    /// Whether everything is undone again.
    pub rehearse: bool,
}

/// How many rows ended in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows taken so far.
    pub rows: i32,
    /// How many of each [`Outcome`], in its order.
    pub of: [i32; 7],
}

impl Counts {
    /// How many ended so.
    pub fn count(&self, outcome: Outcome) -> i32 {
        self.of.get(outcome as usize).copied().unwrap_or_default()
    }

    /// Counts one more.
    pub fn add(&mut self, outcome: Outcome) {
        if let Some(count) = self.of.get_mut(outcome as usize) {
            *count += 1;
        }
    }
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id; 0 before it is stored.
    pub id: ImportId,
    /// By which its caller knows it again; unique.
    pub idempotency_key: String,
    /// What it is called, for instance the name of the file.
    pub name: String,
    /// What tells whether the source is still the same; may be empty.
    pub fingerprint: String,
    /// What is asked of it.
    pub plan: Plan,
    /// The names of the columns, as they were given; an empty one is passed over.
    pub columns: Vec<String>,
    /// How far it is.
    pub state: State,
    /// How many rows ended in which way.
    pub counts: Counts,
    /// The last person of the scope that was judged at the end of a sync.
    pub reached: UserId,
    /// Who began it.
    pub by: UserId,
    /// When.
    pub begun_at: Instant,
    /// When it was finished or cancelled.
    pub ended_at: Option<Instant>,
}

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The column, as it was given; empty where it is the row's as a whole.
    pub column: String,
    /// The result code that a single operation would have answered.
    pub code: i32,
    /// What is wrong. It never holds a secret.
    pub message: String,
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowResult {
    /// The row's number, from 1; people who were in no row are numbered on.
    pub number: i32,
    /// The key in the row.
    pub key: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The person, where there is one; nobody for the creations of a rehearsal.
    pub user: Option<UserId>,
    /// The names of what is different now.
    pub changed: Vec<String>,
    /// What is wrong, if it failed; why it was skipped.
    pub problems: Vec<Problem>,
}
