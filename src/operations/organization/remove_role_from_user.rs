//! RemoveRoleFromUser.

use super::add_role_to_user::assign_one;
use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::Mode;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Takes a role from a user; one that is not held changes nothing.
    writes RemoveRoleFromUser by Administrator {
        /// The user.
        user_id as "userID": i32,
        /// The role; 1 to 3 follow from the user and cannot be taken away.
        role_id as "roleID": i16,
    } -> GenericResult
}

impl Writes for RemoveRoleFromUser {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        assign_one(self.user_id, self.role_id, Mode::Remove, tx)
    }
}
