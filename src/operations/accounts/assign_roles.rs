//! AssignRoles.

use super::conversions::roles_of;
use super::records::{AssignMode, AssignRolesResult, RoleAssignment};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::{Assignment, Mode, asked_roles, assign};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Assigns roles to many people at once: to all of them or, if one of it is refused, to none. Manager brings Agent along.
    writes AssignRoles by Administrator {
        /// The people.
        user_ids as "userIds": Option<Vec<i32>>,
        /// Roles by id; 1 to 3 follow from the person and cannot be assigned.
        role_ids as "roleIds": Option<Vec<i16>>,
        /// Roles by name, without regard to case.
        role_names as "roleNames": Option<Vec<String>>,
        /// How; required.
        mode: Option<AssignMode>,
    } -> AssignRolesResult
}

impl Writes for AssignRoles {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<AssignRolesResult, Error> {
        let users = self.user_ids.as_deref().unwrap_or_default();
        let (ids, names) = (self.role_ids.as_deref().unwrap_or_default(), self.role_names.as_deref().unwrap_or_default());
        let (asked, mut problems) = asked_roles(tx, ("roleIds", ids), ("roleNames", names))?;
        if users.is_empty() {
            problems.push(Error::invalid("userIds", "is required: to whom."));
        }
        if self.mode.is_none() {
            problems.push(Error::invalid("mode", "is required: Replace, Add or Remove."));
        }
        Error::all(problems)?;
        let mode = match self.mode.unwrap_or_default() {
            AssignMode::Replace => Mode::Replace,
            AssignMode::Add => Mode::Add,
            AssignMode::Remove => Mode::Remove,
        };
        let outcome = assign(&Assignment { people: "userIds", roles: "roleIds", users, asked: &asked, mode }, tx)?;
        let assignments = outcome
            .iter()
            .map(|(before, after)| RoleAssignment { user_id: after.id.0, before: roles_of(before), after: roles_of(after) })
            .collect();
        Ok(AssignRolesResult { assignments: Some(assignments), ..AssignRolesResult::default() })
    }
}
