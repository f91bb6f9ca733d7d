//! SetKBPermissions.

use super::permissions::replace;
use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::permission::Area;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Replaces what a role may do in the area: knowledge base, in one category or all.
    writes SetKBPermissions by Administrator {
        /// English names of the permissions, without regard to case; all others of the area are denied.
        allowed_permissions as "allowedPermissions": Option<Vec<String>>,
        /// The role.
        role_id as "roleID": i16,
        /// The category; 0 is all of them.
        category_id as "categoryID": i32,
    } -> GenericResult
}

impl Writes for SetKBPermissions {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        replace(tx, self.role_id, Area::Kb, self.category_id, self.allowed_permissions.as_deref())
    }
}
