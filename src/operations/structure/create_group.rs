//! CreateGroup.

use super::lookup::{department, groups_of, name, refuse_taken};
use super::records::CreateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::GroupId;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a group of a department and answers its id; the first group of a department is its front line.
    writes CreateGroup by Administrator {
        /// The department it belongs to.
        department_id as "departmentId": i32,
        /// The name, unique within the department without regard to case.
        name: Option<String>,
    } -> CreateResult
}

impl Writes for CreateGroup {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateResult, Error> {
        let name = name(self.name.as_deref())?;
        let department = department(tx, self.department_id)?;
        refuse_taken(&name, groups_of(tx, department.id)?.iter().map(|other| other.name.as_str()))?;
        let GroupId(id) = tx.insert_group(department.id, &name)?;
        Ok(CreateResult { id, ..CreateResult::default() })
    }
}
