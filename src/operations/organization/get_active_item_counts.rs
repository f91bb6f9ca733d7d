//! GetActiveItemCounts.

use super::activities::today;
use super::results::{ActiveItem, ActiveItemArrayResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Activity;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers how many tickets, chats and tasks each agent that the caller sees is at, as the ticket system reported today.
    reads GetActiveItemCounts by Employee {
        /// Only the caller.
        use_authenticated_agent as "useAuthenticatedAgent": bool,
    } -> ActiveItemArrayResult
}

impl Reads for GetActiveItemCounts {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<ActiveItemArrayResult, Error> {
        let item = |(agent, activity): (_, Activity)| ActiveItem {
            agent,
            active_tickets_count: activity.active_tickets,
            active_live_chats_count: activity.active_chats,
            in_progress_tasks_count: activity.tasks_in_progress,
        };
        let active_items = Some(today(context, read, self.use_authenticated_agent)?.into_iter().map(item).collect());
        Ok(ActiveItemArrayResult { active_items, ..ActiveItemArrayResult::default() })
    }
}
