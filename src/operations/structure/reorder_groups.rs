//! ReorderGroups.

use super::lookup::{department, groups_of, reordered};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::GroupId;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the groups of a department into another order.
    writes ReorderGroups by Administrator {
        /// The department.
        department_id as "departmentId": i32,
        /// All of them, in the order in which lists by hand show them.
        group_ids as "groupIds": Option<Vec<i32>>,
    } -> ChangeResult
}

impl Writes for ReorderGroups {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let department = department(tx, self.department_id)?;
        let present = groups_of(tx, department.id)?.into_iter().map(|found| found.id.0).collect();
        let order = reordered("groupIds", self.group_ids.as_deref(), present)?;
        let items: Vec<Item> = order.into_iter().map(|id| Item::Group(GroupId(id))).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
