//! RemoveRoleFromUser.

use super::add_role_to_user::user_and_role;
use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::role;
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
        let (user, role) = user_and_role(tx, self.user_id, self.role_id)?;
        if !user.holds(role.id) {
            return Ok(GenericResult::default());
        }
        if role.id == role::AGENT && user.holds(role::MANAGER) {
            return Err(Error::AgentOfManager);
        }
        if role.id == role::ADMINISTRATOR && user.may_log_in() && !tx.has_administrator_besides(user.id)? {
            return Err(Error::LastAdministrator);
        }
        tx.take_role(user.id, role.id)?;
        Ok(GenericResult::default())
    }
}
