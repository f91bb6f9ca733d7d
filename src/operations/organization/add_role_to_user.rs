//! AddRoleToUser.

use super::results::{GenericResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::operations::people::{Assignment, Mode, asked_roles, assign};
use crate::operations::{Context, Writes};
use crate::store::Write;

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
        assign_one(self.user_id, self.role_id, Mode::Add, tx)
    }
}

/// Gives a role to a user, or takes it.
pub fn assign_one(user_id: i32, role_id: i16, mode: Mode, tx: &mut dyn Write) -> Result<GenericResult, Error> {
    let person = user(tx, "userID", user_id)?;
    let (asked, problems) = asked_roles(tx, ("roleID", &[role_id]), ("roleID", &[]))?;
    let unknown = problems.iter().any(|problem| matches!(problem, Error::NotFound { .. }));
    if person.id == UserId::QUEUE && !unknown {
        return Err(Error::QueueUser { parameter: "userID" });
    }
    Error::all(problems)?;
    assign(&Assignment { people: "userID", roles: "roleID", users: &[user_id], asked: &asked, mode }, tx)?;
    Ok(GenericResult::default())
}
