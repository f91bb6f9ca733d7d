//! ListMemberships.

use super::lookup::group;
use super::records::ListMembershipsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the members of a group that the caller sees.
    reads ListMemberships by Employee {
        /// The group.
        group_id as "groupId": i32,
    } -> ListMembershipsResult
}

impl Reads for ListMemberships {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<ListMembershipsResult, Error> {
        let group = group(read, self.group_id)?;
        context.must_see_group(read, group.id)?;
        let memberships = read.memberships(group.id)?.into_iter().map(Into::into).collect();
        Ok(ListMembershipsResult { memberships: Some(memberships), ..ListMembershipsResult::default() })
    }
}
