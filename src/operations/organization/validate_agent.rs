//! ValidateAgent.

use super::results::{AgentRoleInfo, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Checks an employee's login, notes its time, and answers the employee with the ids of all its roles.
    signs_in ValidateAgent by Employee with AGENT {} -> AgentRoleInfo
}

impl Reads for ValidateAgent {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<AgentRoleInfo, Error> {
        Ok((&*user(read, "agentUserName", context.caller.id.0)?).into())
    }
}
