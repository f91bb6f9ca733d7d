//! From the domain's words to the service's records, and what many handlers look up.

pub use super::records::*;
pub use super::records_of_work::*;
pub use crate::operations::people::user;

use crate::domain::Error;
use crate::domain::custom_field::CustomField;
use crate::domain::ids::{DepartmentId, GroupId, OrganizationId};
use crate::domain::organization::{Member, Organization};
use crate::domain::role::Role;
use crate::domain::structure::{Agent, Brand, Department, Group, Members, Report, Scope, TimeLogCategory};
use crate::domain::user::User;
use crate::operations::Context;
use crate::store::Read;

impl From<Agent> for AgentInfo {
    fn from(agent: Agent) -> Self {
        AgentInfo { display_name: Some(agent.display_name), id: agent.id.0, user_name: Some(agent.username) }
    }
}

impl From<Department> for DepartmentInfo {
    fn from(department: Department) -> Self {
        DepartmentInfo { id: department.id.0, name: Some(department.name) }
    }
}

impl From<Group> for GroupInfo {
    fn from(group: Group) -> Self {
        GroupInfo { id: group.id.0, name: Some(group.name) }
    }
}

impl From<Role> for RoleInfo {
    fn from(role: Role) -> Self {
        RoleInfo { is_employee: role.employee, role_id: role.id.0, role_name: Some(role.name) }
    }
}

impl From<&User> for AgentRoleInfo {
    fn from(user: &User) -> Self {
        AgentRoleInfo {
            agent: AgentInfo {
                display_name: Some(user.display_name.clone()),
                id: user.id.0,
                user_name: Some(user.username.as_str().to_owned()),
            },
            roles: Some(user.roles().iter().map(|role| role.id.0).collect()),
            ..AgentRoleInfo::default()
        }
    }
}

/// A list as records of the contract: present, empty or not.
pub fn list<T, R: From<T>>(items: Vec<T>) -> Option<Vec<R>> {
    Some(items.into_iter().map(R::from).collect())
}

/// The group with this id, if the caller sees it (R21).
pub fn seen_group(context: &Context<'_>, read: &dyn Read, id: i32) -> Result<GroupId, Error> {
    let group = read.group(GroupId(id))?.ok_or(Error::NotFound { parameter: "GroupID", what: "group" })?;
    context.must_see_group(read, group.id)?;
    Ok(group.id)
}

/// The department with this id, if the caller sees it (R21).
pub fn seen_department(context: &Context<'_>, read: &dyn Read, id: i32) -> Result<DepartmentId, Error> {
    let department = read.department(DepartmentId(id))?;
    let department = department.ok_or(Error::NotFound { parameter: "DepartmentID", what: "department" })?;
    let seen = context.caller.is_administrator()
        || read.departments(context.caller.scope())?.iter().any(|seen| seen.id == department.id);
    if seen { Ok(department.id) } else { Err(Error::NotAuthorized("members of its groups")) }
}

/// The agents of a department that the caller sees: those of its groups, or all of them (R21).
pub fn seen_agents(context: &Context<'_>, read: &dyn Read, department: DepartmentId) -> Result<Vec<Agent>, Error> {
    let mut agents = read.agents_of_department(department)?;
    if let scope @ Scope::GroupsOf(_) = context.caller.scope() {
        let mut seen = Vec::new();
        for group in read.groups(scope)?.iter().filter(|group| group.department == department) {
            seen.extend(read.agents_of_group(group.id, Members::All)?);
        }
        agents.retain(|agent| seen.contains(agent));
    }
    Ok(agents)
}

impl From<Brand> for BrandInfo {
    fn from(brand: Brand) -> Self {
        BrandInfo { id: brand.id.0, name: Some(brand.name) }
    }
}

impl From<Report> for ReportInfo {
    fn from(report: Report) -> Self {
        ReportInfo { report_id: Some(report.id), report_name: Some(report.name) }
    }
}

impl From<CustomField> for CustomFieldInfo {
    fn from(field: CustomField) -> Self {
        CustomFieldInfo {
            data_type: Some(field.data_type.name().to_owned()),
            default_value: Some(field.default),
            display_name: Some(field.display_name.as_str().to_owned()),
            id: field.id.0,
            is_global: field.global,
            value_options: Some(field.options),
        }
    }
}

impl From<TimeLogCategory> for TimeLogCategoryInfo {
    fn from(category: TimeLogCategory) -> Self {
        TimeLogCategoryInfo { category_name: Some(category.name), description: Some(category.description), id: category.id }
    }
}

impl From<Organization> for OrganizationInfoResult {
    fn from(organization: Organization) -> Self {
        let organization = OrganizationInfo {
            name: Some(organization.name.as_str().to_owned()),
            phone_number: Some(organization.phone),
            website: Some(organization.website),
            organization_id: organization.id.0,
        };
        OrganizationInfoResult { organization, ..OrganizationInfoResult::default() }
    }
}

impl From<Member> for OrganizationMemberInfo {
    fn from(member: Member) -> Self {
        OrganizationMemberInfo { kind: member.kind as i32, value: Some(member.value), id: member.id }
    }
}

/// The organization with this id.
pub fn organization(read: &dyn Read, id: i32) -> Result<Organization, Error> {
    let found = read.organization(OrganizationId(id))?;
    found.ok_or(Error::NotFound { parameter: "organizationID", what: "organization" })
}
