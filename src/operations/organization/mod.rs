//! `svcOrganization`: the legacy SmarterTrack contract, untouched. Nothing is added to this service (`svcOrganization.md`).

use super::{Entry, Service};
use crate::contract::Credentials;

mod activities;
mod custom_fields;
mod permissions;
mod properties;
mod records;
mod records_of_work;
mod results;

pub use permissions::replace as replace_permissions;

/// The credentials of nearly all operations.
const CREDENTIALS: Credentials = Credentials::named("authUserName", "authPassword");
/// The credentials of the two operations that agents' programs call about themselves.
const AGENT: Credentials = Credentials::named("agentUserName", "agentPassword");

table! {
    reads get_server_name::GetServerName,
    reads get_all_brands::GetAllBrands,
    reads get_depts_for_user_ticket_submission::GetDeptsForUserTicketSubmission,
    reads get_all_departments::GetAllDepartments,
    reads get_departments_for_brand::GetDepartmentsForBrand,
    reads get_all_groups::GetAllGroups,
    reads get_groups_for_user::GetGroupsForUser,
    reads get_groups_for_department::GetGroupsForDepartment,
    reads validate_agent::ValidateAgent,
    reads get_queue_user::GetQueueUser,
    reads get_all_agents::GetAllAgents,
    reads get_agents_for_department::GetAgentsForDepartment,
    reads get_active_ticket_agents_for_group::GetActiveTicketAgentsForGroup,
    reads get_active_chat_agents_for_group::GetActiveChatAgentsForGroup,
    reads get_available_chat_agents_for_group::GetAvailableChatAgentsForGroup,
    reads get_agents_for_group::GetAgentsForGroup,
    reads get_users_properties::GetUsersProperties,
    reads get_users_properties_by_username::GetUsersPropertiesbyUsername,
    writes set_users_properties::SetUsersProperties,
    writes create_user2::CreateUser2,
    writes create_user::CreateUser,
    writes delete_user::DeleteUser,
    writes set_user_custom_fields::SetUserCustomFields,
    reads get_user_custom_fields::GetUserCustomFields,
    reads get_user_custom_fields_list::GetUserCustomFieldsList,
    writes add_role::AddRole,
    writes remove_role::RemoveRole,
    reads get_all_roles::GetAllRoles,
    reads get_all_user_roles::GetAllUserRoles,
    writes add_role_to_user::AddRoleToUser,
    writes remove_role_from_user::RemoveRoleFromUser,
    writes set_kb_permissions::SetKBPermissions,
    writes set_news_permissions::SetNewsPermissions,
    writes set_ticket_permissions::SetTicketPermissions,
    writes set_task_permissions::SetTaskPermissions,
    writes set_call_log_permissions::SetCallLogPermissions,
    writes set_whos_on_permissions::SetWhosOnPermissions,
    writes set_report_permissions::SetReportPermissions,
    writes set_manage_area_permissions::SetManageAreaPermissions,
    writes set_event_permissions::SetEventPermissions,
    writes set_distribution_permissions::SetDistributionPermissions,
    reads get_all_reports::GetAllReports,
    reads get_all_custom_fields::GetAllCustomFields,
    reads get_all_time_log_categories::GetAllTimeLogCategories,
    reads get_active_item_counts::GetActiveItemCounts,
    reads get_daily_totals::GetDailyTotals,
    writes create_organization::CreateOrganization,
    writes edit_organization::EditOrganization,
    writes add_member_to_organization::AddMemberToOrganization,
    reads get_organization_by_id::GetOrganizationByID,
    reads get_organization_by_name::GetOrganizationByName,
    reads get_all_members_in_organization::GetAllMembersInOrganization,
    writes remove_member_from_organization::RemoveMemberFromOrganization,
    writes remove_organization::RemoveOrganization,
}

/// The service.
pub static SERVICE: Service = Service {
    name: "svcOrganization",
    namespace: "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx",
    doc: "People, roles, departments, groups and organizations of the help desk.",
    documented: false,
    challenges: false,
    large: false,
    forms_are_complete: true,
    operations: OPERATIONS,
};
