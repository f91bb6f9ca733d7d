//! ReportAgentActivity.

use super::lookup::employee;
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Activity;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Takes the report of the ticket system about an agent; it replaces an earlier one and counts for today (UTC).
    writes ReportAgentActivity by Administrator {
        /// The agent.
        user_id as "userId": i32,
        /// Tickets it works on now.
        active_tickets as "activeTickets": i32,
        /// Live chats it is in now.
        active_live_chats as "activeLiveChats": i32,
        /// Tasks it has begun.
        in_progress_tasks as "inProgressTasks": i32,
        /// Tickets of the day.
        daily_tickets as "dailyTickets": i32,
        /// Live chats of the day.
        daily_chats as "dailyChats": i32,
        /// Call logs of the day.
        daily_call_logs as "dailyCallLogs": i32,
        /// Average time to the answer of a ticket on this day, in whatever unit readers expect.
        average_ticket_response_time as "averageTicketResponseTime": f64,
    } -> ChangeResult
}

impl Writes for ReportAgentActivity {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let counts = [
            ("activeTickets", self.active_tickets),
            ("activeLiveChats", self.active_live_chats),
            ("inProgressTasks", self.in_progress_tasks),
            ("dailyTickets", self.daily_tickets),
            ("dailyChats", self.daily_chats),
            ("dailyCallLogs", self.daily_call_logs),
        ];
        if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count < 0) {
            return Err(Error::invalid(name, "is negative."));
        }
        let average_response_time = self.average_ticket_response_time;
        if !average_response_time.is_finite() || average_response_time < 0.0 {
            return Err(Error::invalid("averageTicketResponseTime", "is negative or no number."));
        }
        let user = employee(tx, self.user_id)?;
        let activity = Activity {
            active_tickets: self.active_tickets,
            active_chats: self.active_live_chats,
            tasks_in_progress: self.in_progress_tasks,
            daily_tickets: self.daily_tickets,
            daily_chats: self.daily_chats,
            daily_call_logs: self.daily_call_logs,
            average_response_time,
        };
        tx.put_activity(user.id, context.now.day(), &activity)?;
        Ok(ChangeResult::default())
    }
}
