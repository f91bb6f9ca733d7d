//! GetQueueUser.

use super::results::{AgentRoleInfo, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the pseudo-user to whom unassigned tickets belong.
    reads GetQueueUser by Employee with AGENT {} -> AgentRoleInfo
}

impl Reads for GetQueueUser {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<AgentRoleInfo, Error> {
        Ok((&*user(read, "agentUserName", UserId::QUEUE.0)?).into())
    }
}
