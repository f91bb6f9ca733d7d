//! GetAllGroups.

use super::results::{GroupInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the groups that the caller sees: all for administrators, those of its departments for managers, else its own.
    reads GetAllGroups by Employee {} -> GroupInfoArrayResult
}

impl Reads for GetAllGroups {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<GroupInfoArrayResult, Error> {
        Ok(GroupInfoArrayResult { groups: list(read.groups(context.caller.scope())?), ..GroupInfoArrayResult::default() })
    }
}
