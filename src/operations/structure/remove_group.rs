//! RemoveGroup.

use super::lookup::{group, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a group; one that is in use is refused with what uses it, unless told to cascade.
    writes RemoveGroup by Administrator {
        /// The group.
        group_id as "groupId": i32,
        /// Whether to remove what uses it as well; otherwise that refuses the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveGroup {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = group(tx, self.group_id)?;
        remove(tx, &Item::Group(found.id), "groupId", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
