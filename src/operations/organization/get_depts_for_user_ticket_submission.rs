//! GetDeptsForUserTicketSubmission.

use super::results::{DepartmentInfoArrayResult, list, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::RoleId;
use crate::domain::structure::Scope;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the departments to which the caller may submit tickets: none that are internal or limited to roles it lacks.
    reads GetDeptsForUserTicketSubmission by Anybody {} -> DepartmentInfoArrayResult
}

impl Reads for GetDeptsForUserTicketSubmission {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<DepartmentInfoArrayResult, Error> {
        let roles: Vec<RoleId> = user(read, "authUserName", context.caller.id.0)?.roles().iter().map(|role| role.id).collect();
        let mut departments = read.departments(Scope::Everything)?;
        departments.retain(|department| department.takes_tickets_of(&roles));
        Ok(DepartmentInfoArrayResult { departments: list(departments), ..DepartmentInfoArrayResult::default() })
    }
}
