//! DeleteRole.

use super::records::DoneResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::delete_role;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a custom role and takes it from everybody.
    writes DeleteRole by Administrator {
        /// The role; 1 to 6 stay.
        role_id as "roleId": i16,
    } -> DoneResult
}

impl Writes for DeleteRole {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<DoneResult, Error> {
        delete_role(tx, "roleId", self.role_id)?;
        Ok(DoneResult::default())
    }
}
