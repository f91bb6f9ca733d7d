//! DeleteUsers.

use super::records::DoneResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::remove;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes people for good, with their roles, settings and memberships: all of them or, if one must stay, none. Their ids are never
    /// given again.
    writes DeleteUsers by Administrator {
        /// The people.
        user_ids as "userIds": Option<Vec<i32>>,
    } -> DoneResult
}

impl Writes for DeleteUsers {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<DoneResult, Error> {
        let ids = self.user_ids.as_deref().unwrap_or_default();
        if ids.is_empty() {
            return Err(Error::invalid("userIds", "is required: whom to delete."));
        }
        remove(tx, "userIds", ids)?;
        Ok(DoneResult::default())
    }
}
