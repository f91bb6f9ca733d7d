//! `svcStructure`: brands, departments, groups, memberships and definitions, which the old product had only in its pages.

use super::{Entry, Service};
use crate::contract::Credentials;

mod conversions;
mod definition;
mod lookup;
mod records;

/// The credentials of every operation.
const CREDENTIALS: Credentials = Credentials::named("authUserName", "authPassword");

table! {
    writes create_brand::CreateBrand,
    writes rename_brand::RenameBrand,
    writes reorder_brands::ReorderBrands,
    writes remove_brand::RemoveBrand,
    reads list_brands::ListBrands,
    writes create_department::CreateDepartment,
    writes rename_department::RenameDepartment,
    writes reorder_departments::ReorderDepartments,
    writes remove_department::RemoveDepartment,
    writes set_department_access::SetDepartmentAccess,
    reads list_departments::ListDepartments,
    writes create_group::CreateGroup,
    writes rename_group::RenameGroup,
    writes reorder_groups::ReorderGroups,
    writes remove_group::RemoveGroup,
    writes set_front_line_group::SetFrontLineGroup,
    reads list_groups::ListGroups,
    writes set_membership::SetMembership,
    writes remove_membership::RemoveMembership,
    reads list_memberships::ListMemberships,
    writes create_custom_field::CreateCustomField,
    writes update_custom_field::UpdateCustomField,
    writes reorder_custom_fields::ReorderCustomFields,
    writes remove_custom_field::RemoveCustomField,
    reads list_custom_fields::ListCustomFields,
    writes create_report::CreateReport,
    writes rename_report::RenameReport,
    writes reorder_reports::ReorderReports,
    writes remove_report::RemoveReport,
    reads list_reports::ListReports,
    writes create_time_log_category::CreateTimeLogCategory,
    writes rename_time_log_category::RenameTimeLogCategory,
    writes reorder_time_log_categories::ReorderTimeLogCategories,
    writes remove_time_log_category::RemoveTimeLogCategory,
    writes describe_time_log_category::DescribeTimeLogCategory,
    reads list_time_log_categories::ListTimeLogCategories,
    writes add_language::AddLanguage,
    writes rename_language::RenameLanguage,
    writes reorder_languages::ReorderLanguages,
    writes remove_language::RemoveLanguage,
    reads list_languages::ListLanguages,
    writes add_dictionary::AddDictionary,
    writes rename_dictionary::RenameDictionary,
    writes reorder_dictionaries::ReorderDictionaries,
    writes remove_dictionary::RemoveDictionary,
    reads list_dictionaries::ListDictionaries,
    writes report_agent_activity::ReportAgentActivity,
}

/// The service.
pub static SERVICE: Service = Service {
    name: "svcStructure",
    namespace: "urn:asmxd:svcStructure:1",
    doc: "Brands, departments, groups, memberships, custom fields and other definitions of the help desk.",
    documented: true,
    challenges: true,
    large: false,
    forms_are_complete: false,
    operations: OPERATIONS,
};
