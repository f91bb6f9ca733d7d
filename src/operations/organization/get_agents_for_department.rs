//! GetAgentsForDepartment.

use super::results::{AgentInfoArrayResult, list, seen_agents, seen_department};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the enabled agents of a department that the caller sees; an agent sees those of its groups.
    reads GetAgentsForDepartment by Employee {
        /// The department.
        department_id as "DepartmentID": i32,
    } -> AgentInfoArrayResult
}

impl Reads for GetAgentsForDepartment {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<AgentInfoArrayResult, Error> {
        let department = seen_department(context, read, self.department_id)?;
        Ok(AgentInfoArrayResult { agents: list(seen_agents(context, read, department)?), ..AgentInfoArrayResult::default() })
    }
}
