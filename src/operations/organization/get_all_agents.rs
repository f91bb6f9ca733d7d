//! GetAllAgents.

use super::results::{AgentInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the enabled agents, managers and administrators that the caller sees.
    reads GetAllAgents by Employee {} -> AgentInfoArrayResult
}

impl Reads for GetAllAgents {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<AgentInfoArrayResult, Error> {
        Ok(AgentInfoArrayResult { agents: list(read.agents(context.caller.scope())?), ..AgentInfoArrayResult::default() })
    }
}
