//! CreateRole.

use super::records::CreateRoleResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::create_role;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Makes a custom role and answers its id.
    writes CreateRole by Administrator {
        /// Its name, 1 to 100 characters without a semicolon; unique without regard to case.
        name: Option<String>,
        /// Whether it makes its holders employees.
        is_employee as "isEmployee": bool,
    } -> CreateRoleResult
}

impl Writes for CreateRole {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateRoleResult, Error> {
        let id = create_role(tx, "name", self.name.as_deref(), self.is_employee)?;
        Ok(CreateRoleResult { role_id: id.0, ..CreateRoleResult::default() })
    }
}
