//! What the two operations that count the agents' work share.

use super::results::AgentInfo;
use crate::domain::Error;
use crate::domain::structure::{Activity, Agent};
use crate::operations::Context;
use crate::store::Read;

/// The agents that the caller sees, or only the caller, with what was reported of each today: zeros for those without a report.
pub fn today(context: &Context<'_>, read: &dyn Read, only_caller: bool) -> Result<Vec<(AgentInfo, Activity)>, Error> {
    let day = context.now.day();
    let agents = if only_caller {
        // Whoever belongs to no group sees no agents, but always itself.
        read.agent(context.caller.id)?.into_iter().collect()
    } else {
        read.agents(context.caller.scope())?
    };
    let with_activity = |agent: Agent| {
        let activity = read.activity(agent.id, day)?.unwrap_or_default();
        Ok((agent.into(), activity))
    };
    agents.into_iter().map(with_activity).collect()
}
