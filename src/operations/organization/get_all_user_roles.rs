//! GetAllUserRoles.

use super::results::{RoleInfoResultArray, list, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the roles of a user: the automatic ones and those given to it.
    reads GetAllUserRoles by Employee {
        /// The user.
        user_id as "userID": i32,
    } -> RoleInfoResultArray
}

impl Reads for GetAllUserRoles {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<RoleInfoResultArray, Error> {
        let user = user(read, "userID", self.user_id)?;
        Ok(RoleInfoResultArray { roles: list(user.roles()), ..RoleInfoResultArray::default() })
    }
}
