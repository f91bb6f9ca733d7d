//! RemoveMembership.

use super::lookup::{group, user};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Ends a membership; where there is none, nothing changes.
    writes RemoveMembership by Administrator {
        /// The group.
        group_id as "groupId": i32,
        /// The agent.
        user_id as "userId": i32,
    } -> ChangeResult
}

impl Writes for RemoveMembership {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let group = group(tx, self.group_id)?;
        let user = user(tx, self.user_id)?;
        tx.delete_membership(group.id, user.id)?;
        Ok(ChangeResult::default())
    }
}
