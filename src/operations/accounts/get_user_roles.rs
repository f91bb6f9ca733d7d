//! GetUserRoles.

use super::conversions::roles_of;
use super::records::RolesResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists all roles of a person, those that follow from the person included.
    reads GetUserRoles by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> RolesResult
}

impl Reads for GetUserRoles {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<RolesResult, Error> {
        let user = user(read, "userId", self.user_id)?;
        Ok(RolesResult { roles: roles_of(&user), ..RolesResult::default() })
    }
}
