//! SetFrontLineGroup.

use super::lookup::group;
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Makes a group the first to receive the tickets and chats of its department.
    writes SetFrontLineGroup by Administrator {
        /// The group.
        group_id as "groupId": i32,
    } -> ChangeResult
}

impl Writes for SetFrontLineGroup {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let group = group(tx, self.group_id)?;
        tx.set_front_line(&group)?;
        Ok(ChangeResult::default())
    }
}
