//! `svcAccounts`: people, their settings, roles, passwords and avatars, typed where the legacy service has strings (R29).

use super::{Entry, Service};
use crate::contract::Credentials;

mod asked;
mod conversions;
mod enabled;
mod importing;
mod listing;
mod newcomer;
mod picture;
mod records;
mod records_of_changes;
pub mod records_of_imports;
mod records_of_roles;
mod settings;
mod wire_settings;

/// The credentials of every operation.
const CREDENTIALS: Credentials = Credentials::named("authUserName", "authPassword");

table! {
    writes create_user::CreateUser,
    writes create_employee::CreateEmployee,
    writes clone_user::CloneUser,
    reads get_user::GetUser,
    reads get_user_by_username::GetUserByUsername,
    reads list_users::ListUsers,
    reads list_employees::ListEmployees,
    writes update_user::UpdateUser,
    writes enable_user::EnableUser,
    writes disable_user::DisableUser,
    writes delete_users::DeleteUsers,
    reads get_employee_settings::GetEmployeeSettings,
    writes update_employee_settings::UpdateEmployeeSettings,
    reads get_user_settings::GetUserSettings,
    writes update_user_settings::UpdateUserSettings,
    reads get_my_preferences::GetMyPreferences,
    writes update_my_preferences::UpdateMyPreferences,
    writes change_password::ChangePassword,
    writes set_my_avatar::SetMyAvatar,
    writes assign_roles::AssignRoles,
    reads get_user_roles::GetUserRoles,
    writes create_role::CreateRole,
    writes rename_role::RenameRole,
    writes delete_role::DeleteRole,
    reads get_role_permissions::GetRolePermissions,
    writes set_role_permissions::SetRolePermissions,
    reads get_effective_permissions::GetEffectivePermissions,
    writes set_password::SetPassword,
    checks authenticate::Authenticate,
    writes require_password_change::RequirePasswordChange,
    writes set_avatar::SetAvatar,
    reads get_avatar::GetAvatar,
    writes remove_avatar::RemoveAvatar,
    reads list_time_zones::ListTimeZones,
    reads list_avatar_providers::ListAvatarProviders,
    reads list_roles::ListRoles,
    writes import_users::ImportUsers,
    writes start_import::StartImport,
    writes append_import::AppendImport,
    writes finish_import::FinishImport,
    reads get_import::GetImport,
    reads list_imports::ListImports,
    writes cancel_import::CancelImport,
    reads export_users::ExportUsers,
    reads get_changes::GetChanges;
    reads structure::ListLanguages,
    reads structure::ListDictionaries,
    reads structure::ListCustomFields
}

/// The service.
pub static SERVICE: Service = Service {
    name: "svcAccounts",
    namespace: "urn:asmxd:svcAccounts:1",
    doc: "People and their settings, roles, permissions, passwords and avatars, and the feed of changes.",
    documented: true,
    challenges: true,
    large: true,
    forms_are_complete: false,
    operations: OPERATIONS,
};
