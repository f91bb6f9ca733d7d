//! GetGroupsForUser.

use super::results::{GroupInfoArrayResult, list, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the groups that a user belongs to, as far as the caller sees them.
    reads GetGroupsForUser by Employee {
        /// The user.
        user_id as "UserID": i32,
    } -> GroupInfoArrayResult
}

impl Reads for GetGroupsForUser {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<GroupInfoArrayResult, Error> {
        let mut groups = read.groups_of_user(user(read, "UserID", self.user_id)?.id)?;
        if !context.caller.is_administrator() {
            let seen = read.groups(context.caller.scope())?;
            groups.retain(|group| seen.iter().any(|other| other.id == group.id));
        }
        Ok(GroupInfoArrayResult { groups: list(groups), ..GroupInfoArrayResult::default() })
    }
}
