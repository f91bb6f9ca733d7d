//! AddRole.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::create_role;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a custom role. Its id is found by its name in GetAllRoles.
    writes AddRole by Administrator {
        /// Name, unique without regard to case.
        role_name as "roleName": Option<String>,
        /// Whether it makes its holders employees.
        employee_role as "employeeRole": bool,
    } -> GenericResult
}

impl Writes for AddRole {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        create_role(tx, "roleName", self.role_name.as_deref(), self.employee_role)?;
        Ok(GenericResult::default())
    }
}
