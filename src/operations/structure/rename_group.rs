//! RenameGroup.

use super::lookup::{group, groups_of, name, refuse_taken};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a group another name.
    writes RenameGroup by Administrator {
        /// The group.
        group_id as "groupId": i32,
        /// The new name, unique without regard to case.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameGroup {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = group(tx, self.group_id)?;
        refuse_taken(
            &name,
            groups_of(tx, found.department)?.iter().filter(|other| other.id != found.id).map(|other| other.name.as_str()),
        )?;
        tx.rename(&Item::Group(found.id), &name)?;
        Ok(ChangeResult::default())
    }
}
