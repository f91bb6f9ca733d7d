//! GetAllDepartments.

use super::results::{DepartmentInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the departments that the caller sees: all for administrators, else those where it belongs to a group.
    reads GetAllDepartments by Employee {} -> DepartmentInfoArrayResult
}

impl Reads for GetAllDepartments {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<DepartmentInfoArrayResult, Error> {
        Ok(DepartmentInfoArrayResult {
            departments: list(read.departments(context.caller.scope())?),
            ..DepartmentInfoArrayResult::default()
        })
    }
}
