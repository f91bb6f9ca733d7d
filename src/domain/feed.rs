//! The feed of changes: what was changed, on whom or what, by whom and when. It never holds values, and so no secrets.

use super::ids::{ImportId, UserId};
use super::time::Instant;

/// What kind of thing was changed. The number is that of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as what it is")]
pub enum Subject {
    User = 0,
    Role = 1,
    Brand = 2,
    Department = 3,
    Group = 4,
    CustomField = 5,
    Report = 6,
    TimeLogCategory = 7,
    Language = 8,
    Dictionary = 9,
    Organization = 10,
    Import = 11,
}

impl Subject {
    /// All of them, in the order of their numbers.
    pub const ALL: [Subject; 12] = [
        Subject::User,
        Subject::Role,
        Subject::Brand,
        Subject::Department,
        Subject::Group,
        Subject::CustomField,
        Subject::Report,
        Subject::TimeLogCategory,
        Subject::Language,
        Subject::Dictionary,
        Subject::Organization,
        Subject::Import,
    ];
}

/// What was done. The number is that of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It was made.
    Created = 0,
    /// Some of it was changed.
    Updated = 1,
    /// It was removed.
    Deleted = 2,
}

impl Action {
    /// All of them, in the order of their numbers.
    pub const ALL: [Action; 3] = [Action::Created, Action::Updated, Action::Deleted];
}

/// An entry of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place: 1, 2, 3 and so on, without gaps.
    pub sequence: i64,
    /// When it was made.
    pub at: Instant,
    /// Who made it; nobody for what the server does by itself.
    pub by: Option<UserId>,
    /// The user name of who made it; empty if that person is gone.
    pub by_name: String,
    /// What kind of thing was changed.
    pub subject: Subject,
    /// Which one: its id, GUID or tag.
    pub id: String,
    /// Its name, as it was then or is now; empty for what is gone unless this is the entry that tells of it.
    pub name: String,
    /// What was done.
    pub action: Action,
    /// The names of what was changed of it, as in the table of settings; empty where all of it came or went.
    pub fields: Vec<String>,
    /// The import that it was part of.
    pub import: Option<ImportId>,
}
