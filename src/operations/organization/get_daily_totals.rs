//! GetDailyTotals.

use super::activities::today;
use super::results::{DailyStatItem, DailyStatItemArrayResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Activity;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers what each agent that the caller sees has done today, as the ticket system reported.
    reads GetDailyTotals by Employee {
        /// Only the caller.
        use_authenticated_user as "useAuthenticatedUser": bool,
    } -> DailyStatItemArrayResult
}

impl Reads for GetDailyTotals {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<DailyStatItemArrayResult, Error> {
        let item = |(agent, activity): (_, Activity)| DailyStatItem {
            agent,
            daily_ticket_count: activity.daily_tickets,
            daily_chat_count: activity.daily_chats,
            daily_call_log_count: activity.daily_call_logs,
            average_ticket_response_time: activity.average_response_time,
        };
        let stat_items = Some(today(context, read, self.use_authenticated_user)?.into_iter().map(item).collect());
        Ok(DailyStatItemArrayResult { stat_items, ..DailyStatItemArrayResult::default() })
    }
}
