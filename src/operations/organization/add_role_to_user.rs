//! AddRoleToUser.

use super::results::{GenericResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::{RoleId, UserId};
use crate::domain::role::{self, Role};
use crate::domain::user::User;
use crate::operations::{Context, Writes};
use crate::store::{Read, Write};

operation! {
    /// Gives a role to a user; one that is held already stays. Manager brings Agent along.
    writes AddRoleToUser by Administrator {
        /// The user.
        user_id as "userID": i32,
        /// The role; 1 to 3 follow from the user and cannot be given.
        role_id as "roleID": i16,
    } -> GenericResult
}

impl Writes for AddRoleToUser {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        let (user, role) = user_and_role(tx, self.user_id, self.role_id)?;
        tx.give_role(user.id, role.id)?;
        if role.id == role::MANAGER {
            tx.give_role(user.id, role::AGENT)?;
        }
        Ok(GenericResult::default())
    }
}

/// A user and a role of which one may be given to the other, or taken from it.
pub fn user_and_role(read: &dyn Read, user_id: i32, role_id: i16) -> Result<(User, Role), Error> {
    let user = user(read, "userID", user_id)?;
    let role = read.role(RoleId(role_id))?.ok_or(Error::NotFound { parameter: "roleID", what: "role" })?;
    if user.id == UserId::QUEUE {
        return Err(Error::QueueUser { parameter: "userID" });
    }
    if role.id.is_automatic() {
        return Err(Error::AutomaticRole);
    }
    Ok((user, role))
}
