//! GetAgentsForGroup.

use super::results::{AgentInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::GroupId;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the enabled agents of a group that the caller sees.
    reads GetAgentsForGroup by Employee {
        /// The group.
        group_id as "GroupID": i32,
    } -> AgentInfoArrayResult
}

impl Reads for GetAgentsForGroup {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<AgentInfoArrayResult, Error> {
        let group = GroupId(self.group_id);
        if !read.group_exists(group)? {
            return Err(Error::NotFound { parameter: "GroupID", what: "group" });
        }
        let sees_all = context.caller.is_administrator();
        if !sees_all && !read.groups(context.caller.scope())?.iter().any(|seen| seen.id == group) {
            return Err(Error::NotAuthorized("members of the group or managers of its department"));
        }
        Ok(AgentInfoArrayResult { agents: list(read.agents_of_group(group)?), ..AgentInfoArrayResult::default() })
    }
}
