//! RenameDepartment.

use super::lookup::{department, departments_of, name, refuse_taken};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a department another name.
    writes RenameDepartment by Administrator {
        /// The department.
        department_id as "departmentId": i32,
        /// The new name, unique without regard to case.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameDepartment {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = department(tx, self.department_id)?;
        refuse_taken(
            &name,
            departments_of(tx, found.brand)?.iter().filter(|other| other.id != found.id).map(|other| other.name.as_str()),
        )?;
        tx.rename(&Item::Department(found.id), &name)?;
        Ok(ChangeResult::default())
    }
}
