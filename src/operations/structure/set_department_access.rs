//! SetDepartmentAccess.

use super::lookup::{department, roles};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Decides who may submit tickets to a department.
    writes SetDepartmentAccess by Administrator {
        /// The department.
        department_id as "departmentId": i32,
        /// Whether it takes no tickets from outside.
        is_internal as "isInternal": bool,
        /// The roles to which it is limited; none opens it to everybody.
        limited_to_roles as "limitedToRoles": Option<Vec<i16>>,
    } -> ChangeResult
}

impl Writes for SetDepartmentAccess {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let roles = roles(tx, "limitedToRoles", self.limited_to_roles.as_deref())?;
        let department = department(tx, self.department_id)?;
        tx.set_access(department.id, self.is_internal, &roles)?;
        Ok(ChangeResult::default())
    }
}
