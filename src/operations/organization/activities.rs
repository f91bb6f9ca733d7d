//! What the two operations that count the agents' work share.

use super::results::AgentInfo;
use crate::domain::Error;
use crate::domain::structure::Activity;
use crate::operations::Context;
use crate::store::Read;
use std::collections::BTreeMap;

/// The agents that the caller sees, or only the caller, with what was reported of each today: zeros for those without a report.
pub fn today(context: &Context<'_>, read: &dyn Read, only_caller: bool) -> Result<Vec<(AgentInfo, Activity)>, Error> {
    let day = context.now.day();
    let reports = read.activities()?.into_iter().filter(|(_, reported, _)| *reported == day);
    let reports: BTreeMap<_, _> = reports.map(|(user, _, activity)| (user, activity)).collect();
    let mut agents = read.agents(context.caller.scope())?;
    if only_caller {
        let caller = context.caller.id;
        agents.retain(|agent| agent.id == caller);
        if agents.is_empty() {
            // Whoever belongs to no group sees no agents, but always itself.
            let all = read.agents(crate::domain::structure::Scope::Everything)?;
            agents.extend(all.into_iter().find(|agent| agent.id == caller));
        }
    }
    let activity = |agent: &crate::domain::structure::Agent| reports.get(&agent.id).copied().unwrap_or_default();
    Ok(agents.into_iter().map(|agent| (activity(&agent), agent)).map(|(activity, agent)| (agent.into(), activity)).collect())
}
