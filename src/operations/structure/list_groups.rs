//! ListGroups.

use super::lookup::by_position;
use super::records::ListGroupsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the groups that the caller sees, by department and in the order made by hand.
    reads ListGroups by Employee {} -> ListGroupsResult
}

impl Reads for ListGroups {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<ListGroupsResult, Error> {
        let groups = read.groups(context.caller.scope())?;
        let groups = by_position(groups, |group| (group.department, group.position));
        Ok(ListGroupsResult { groups, ..ListGroupsResult::default() })
    }
}
