//! GetAllRoles.

use super::results::{RoleInfoResultArray, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists all roles, built in and custom.
    reads GetAllRoles by Employee {} -> RoleInfoResultArray
}

impl Reads for GetAllRoles {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<RoleInfoResultArray, Error> {
        Ok(RoleInfoResultArray { roles: list(read.roles()?), ..RoleInfoResultArray::default() })
    }
}
