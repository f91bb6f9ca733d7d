//! RemoveRole.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::delete_role;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a custom role and takes it from everybody.
    writes RemoveRole by Administrator {
        /// The role.
        role_id as "roleID": i16,
    } -> GenericResult
}

impl Writes for RemoveRole {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        delete_role(tx, "roleID", self.role_id)?;
        Ok(GenericResult::default())
    }
}
