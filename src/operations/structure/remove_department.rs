//! RemoveDepartment.

use super::lookup::{department, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a department; one that is in use is refused with what uses it, unless told to cascade.
    writes RemoveDepartment by Administrator {
        /// The department.
        department_id as "departmentId": i32,
        /// Whether to remove what uses it as well; otherwise that refuses the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveDepartment {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = department(tx, self.department_id)?;
        remove(tx, &Item::Department(found.id), "departmentId", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
