//! GetChanges.

use super::records::{Change, ChangesResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

/// The most changes of one answer, and how many come when that is not said.
const MOST: i32 = 1000;
const USUAL: i32 = 100;

operation! {
    /// Answers what was changed, on what, by whom and when, in the order in which it was made and without gaps. It never tells a value.
    /// Logins, and what the ticket system reports of agents, are no changes.
    reads GetChanges by Administrator {
        /// The token of the answer before; empty for all changes from the first one on.
        since: Option<String>,
        /// The most changes to answer, 1 to 1000; 100 unless said.
        max: Option<i32>,
    } -> ChangesResult
}

impl Reads for GetChanges {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ChangesResult, Error> {
        let last = read.last_change()?;
        let since = self.since.as_deref().unwrap_or_default().trim();
        let token = if since.is_empty() { Some(0) } else { since.parse::<i64>().ok() };
        let after = token
            .filter(|after| (0..=last).contains(after))
            .ok_or_else(|| Error::invalid("since", "is no token of this server; leave it out to begin with the first change."))?;
        let most = self.max.unwrap_or(USUAL);
        if !(1..=MOST).contains(&most) {
            return Err(Error::invalid("max", format!("must be from 1 to {MOST}.")));
        }
        let changes = read.changes(after, usize::try_from(most).unwrap_or_default())?;
        let reached = changes.last().map_or(after, |change| change.sequence);
        Ok(ChangesResult {
            changes: Some(changes.into_iter().map(Change::from).collect()),
            token: Some(reached.to_string()),
            has_more: reached < last,
            ..ChangesResult::default()
        })
    }
}
