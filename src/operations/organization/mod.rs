//! `svcOrganization`: the legacy SmarterTrack contract, untouched. Nothing is added to this service (`svcOrganization.md`).

use super::{Entry, Service};
use crate::contract::Credentials;

mod properties;
mod results;

/// Lists the service's operations in the order of the WSDL: file, name, and effect.
macro_rules! table {
    ($($effect:ident $file:ident :: $name:ident),* $(,)?) => {
        $(mod $file;)*
        $(pub use $file::$name;)*
        const OPERATIONS: &[Entry] = &[$(Entry::$effect::<$name>()),*];
    };
}

/// The credentials of nearly all operations.
const CREDENTIALS: Credentials = Credentials::named("authUserName", "authPassword");
/// The credentials of the two operations that agents' programs call about themselves.
const AGENT: Credentials = Credentials::named("agentUserName", "agentPassword");

table! {
    reads get_server_name::GetServerName,
    reads get_all_departments::GetAllDepartments,
    reads get_all_groups::GetAllGroups,
    reads validate_agent::ValidateAgent,
    reads get_queue_user::GetQueueUser,
    reads get_all_agents::GetAllAgents,
    reads get_agents_for_group::GetAgentsForGroup,
    reads get_users_properties::GetUsersProperties,
    reads get_users_properties_by_username::GetUsersPropertiesbyUsername,
    writes set_users_properties::SetUsersProperties,
    writes create_user2::CreateUser2,
    writes create_user::CreateUser,
    writes delete_user::DeleteUser,
    writes add_role::AddRole,
    writes remove_role::RemoveRole,
    reads get_all_roles::GetAllRoles,
    reads get_all_user_roles::GetAllUserRoles,
    writes add_role_to_user::AddRoleToUser,
    writes remove_role_from_user::RemoveRoleFromUser,
}

/// The service.
pub static SERVICE: Service = Service {
    name: "svcOrganization",
    namespace: "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx",
    doc: "People, roles, departments, groups and organizations of the help desk.",
    operations: OPERATIONS,
};
