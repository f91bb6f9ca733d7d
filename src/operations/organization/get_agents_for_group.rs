//! GetAgentsForGroup.

use super::results::{AgentInfoArrayResult, list, seen_group};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Members;
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
        let group = seen_group(context, read, self.group_id)?;
        let agents = list(read.agents_of_group(group, Members::All)?);
        Ok(AgentInfoArrayResult { agents, ..AgentInfoArrayResult::default() })
    }
}
