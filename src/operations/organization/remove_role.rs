//! RemoveRole.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::RoleId;
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
        let role = tx.role(RoleId(self.role_id))?.ok_or(Error::NotFound { parameter: "roleID", what: "role" })?;
        if role.id.is_built_in() {
            return Err(Error::BuiltInRole { parameter: "roleID" });
        }
        tx.delete_role(role.id)?;
        Ok(GenericResult::default())
    }
}
