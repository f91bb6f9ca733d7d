//! RenameRole.

use super::records::DoneResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::rename_role;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a custom role another name.
    writes RenameRole by Administrator {
        /// The role; 1 to 6 keep their names.
        role_id as "roleId": i16,
        /// Its new name, 1 to 100 characters without a semicolon; unique without regard to case.
        name: Option<String>,
    } -> DoneResult
}

impl Writes for RenameRole {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<DoneResult, Error> {
        rename_role(tx, ("roleId", self.role_id), ("name", self.name.as_deref()))?;
        Ok(DoneResult::default())
    }
}
