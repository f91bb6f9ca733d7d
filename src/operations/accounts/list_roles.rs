//! ListRoles.

use super::records::{Role, RolesResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists all roles in the order of their ids.
    reads ListRoles by Employee {} -> RolesResult
}

impl Reads for ListRoles {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<RolesResult, Error> {
        Ok(RolesResult { roles: Some(read.roles()?.iter().map(Role::from).collect()), ..RolesResult::default() })
    }
}
