//! The service's record types about work and customers: activity and organizations.

use super::records::AgentInfo;
use crate::contract::record;

record! {
    /// An outcome with what agents are at.
    outcome ActiveItemArrayResult {
        /// One for each agent, in the order of their ids.
        active_items as "ActiveItems": Option<Vec<ActiveItem>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// What an agent is at.
    class ActiveItem {
        /// The agent.
        agent as "Agent": AgentInfo,
        /// Tickets it works on.
        active_tickets_count as "ActiveTicketsCount": i32,
        /// Live chats it is in.
        active_live_chats_count as "ActiveLiveChatsCount": i32,
        /// Tasks it has begun.
        in_progress_tasks_count as "InProgressTasksCount": i32,
    }
}

record! {
    /// An outcome with what agents have done today.
    outcome DailyStatItemArrayResult {
        /// One for each agent, in the order of their ids.
        stat_items as "StatItems": Option<Vec<DailyStatItem>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// What an agent has done today.
    class DailyStatItem {
        /// The agent.
        agent as "Agent": AgentInfo,
        /// Tickets.
        daily_ticket_count as "DailyTicketCount": i32,
        /// Live chats.
        daily_chat_count as "DailyChatCount": i32,
        /// Call logs.
        daily_call_log_count as "DailyCallLogCount": i32,
        /// Average time to the answer of a ticket, in the unit in which it was reported.
        average_ticket_response_time as "AverageTicketResponseTime": f64,
    }
}

record! {
    /// An outcome with an organization.
    outcome OrganizationInfoResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
        /// The organization; id 0 on failure.
        organization as "Organization": OrganizationInfo,
    }
}

record! {
    /// A customer organization.
    value OrganizationInfo {
        /// Its name.
        name as "Name": Option<String>,
        /// Its telephone number.
        phone_number as "PhoneNumber": Option<String>,
        /// Its web site.
        website as "Website": Option<String>,
        /// Its id.
        organization_id as "OrganizationID": i32,
    }
}

record! {
    /// An outcome with the id of a filter.
    outcome OrganizationInfoMemberResult {
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
        /// The id of the filter; 0 on failure.
        id as "ID": i32,
    }
}

record! {
    /// An outcome with the filters by which members of an organization are recognised.
    outcome OrganizationMemberInfoArrayResult {
        /// The filters in the order of their ids.
        organization_members as "OrganizationMembers": Option<Vec<OrganizationMemberInfo>>,
        /// Empty on success, else what is wrong.
        message as "Message": Option<String>,
        /// Whether the call succeeded.
        result as "Result": bool,
        /// 0 on success, else the reason's number.
        result_code as "ResultCode": i32,
    }
}

record! {
    /// A filter by which members of an organization are recognised.
    class OrganizationMemberInfo {
        /// 0 user name, 1 e-mail address, 2 domain of the address, 3 telephone number.
        kind as "Type": i32,
        /// The name, address, domain or number.
        value as "Value": Option<String>,
        /// Its id.
        id as "ID": i32,
    }
}
