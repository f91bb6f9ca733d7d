//! DeleteUser.

use super::results::{GenericResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::role;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a user for good, with its roles, settings and memberships. Its id is never given again.
    writes DeleteUser by Administrator {
        /// The user.
        user_id as "userId": i32,
    } -> GenericResult
}

impl Writes for DeleteUser {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        let user = user(tx, "userId", self.user_id)?;
        if user.id == UserId::QUEUE {
            return Err(Error::QueueUser { parameter: "userId" });
        }
        if user.holds(role::ADMINISTRATOR) && !tx.has_administrator_besides(user.id)? {
            return Err(Error::LastAdministrator);
        }
        tx.delete_user(user.id)?;
        Ok(GenericResult::default())
    }
}
