//! What the ticket system reports of agents counts for the day of the report.

use crate::support::Desk;
use asmxd::domain::ids::UserId;
use asmxd::domain::structure::Activity;

const OPERATIONS: [(&str, &[&str]); 2] = [
    ("GetActiveItemCounts", &["ActiveTicketsCount", "ActiveLiveChatsCount", "InProgressTasksCount"]),
    ("GetDailyTotals", &["DailyTicketCount", "DailyChatCount", "DailyCallLogCount", "AverageTicketResponseTime"]),
];

#[test]
fn a_report_of_an_earlier_day_counts_no_more() {
    let desk = Desk::open();
    let of_that_day = Activity {
        active_tickets: 1,
        active_chats: 2,
        tasks_in_progress: 3,
        daily_tickets: 4,
        daily_chats: 5,
        daily_call_logs: 6,
        average_response_time: 7.5,
    };
    desk.store().change(move |tx| tx.put_activity(UserId(2), 20_000, &of_that_day)).unwrap();
    for (operation, counts) in OPERATIONS {
        let reply = desk.call(operation, "");
        assert_eq!(reply.all("ID"), ["2", "3"], "{operation}: agents are listed without a report of the day");
        for count in counts {
            assert_eq!(reply.all(count), ["0", "0"], "{operation}: {count}");
        }
    }
}
