//! GetGroupsForDepartment.

use super::results::{GroupInfoArrayResult, list, seen_department};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the groups of a department that the caller sees.
    reads GetGroupsForDepartment by Employee {
        /// The department.
        department_id as "DepartmentID": i32,
    } -> GroupInfoArrayResult
}

impl Reads for GetGroupsForDepartment {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<GroupInfoArrayResult, Error> {
        let department = seen_department(context, read, self.department_id)?;
        let mut groups = read.groups_of_department(department)?;
        if !context.caller.is_administrator() {
            let seen = read.groups(context.caller.scope())?;
            groups.retain(|group| seen.contains(group));
        }
        Ok(GroupInfoArrayResult { groups: list(groups), ..GroupInfoArrayResult::default() })
    }
}
