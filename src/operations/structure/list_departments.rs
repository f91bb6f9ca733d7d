//! ListDepartments.

use super::lookup::by_position;
use super::records::ListDepartmentsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the departments that the caller sees, by brand and in the order made by hand.
    reads ListDepartments by Employee {} -> ListDepartmentsResult
}

impl Reads for ListDepartments {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<ListDepartmentsResult, Error> {
        let mut departments = read.departments(context.caller.scope())?;
        departments.sort_by_key(|department| department.brand);
        let departments = by_position(departments, |department| (department.brand, department.position));
        Ok(ListDepartmentsResult { departments, ..ListDepartmentsResult::default() })
    }
}
