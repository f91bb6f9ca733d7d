//! The structure's part of the store's waist: brands to memberships, custom fields, permissions, organizations, activity.
//!
//! Lists are in the order of their ids unless told otherwise; whoever shows them in the order made by hand sorts by position.

use crate::domain::Error;
use crate::domain::custom_field::{CustomField, Values};
use crate::domain::ids::{BrandId, CustomFieldId, DepartmentId, GroupId, OrganizationId, RoleId, UserId};
use crate::domain::name::Name;
use crate::domain::organization::{Member, MemberKind, Organization};
use crate::domain::permission::Area;
use crate::domain::structure::{
    Activity, Agent, Brand, Department, Group, Item, Language, Languages, Members, Membership, Report, Scope, TimeLogCategory,
};

/// What can be asked about the structure.
pub trait ReadStructure {
    /// Everybody enabled with role 4, 5 or 6 within the scope (R24).
    fn agents(&self, scope: Scope) -> Result<Vec<Agent>, Error>;
    /// Somebody, if lists of agents may show it.
    fn agent(&self, id: UserId) -> Result<Option<Agent>, Error>;
    /// Those of one department.
    fn agents_of_department(&self, department: DepartmentId) -> Result<Vec<Agent>, Error>;
    /// The same of one group.
    fn agents_of_group(&self, group: GroupId, members: Members) -> Result<Vec<Agent>, Error>;
    /// All brands.
    fn brands(&self) -> Result<Vec<Brand>, Error>;
    /// The departments within the scope.
    fn departments(&self, scope: Scope) -> Result<Vec<Department>, Error>;
    /// The groups within the scope.
    fn groups(&self, scope: Scope) -> Result<Vec<Group>, Error>;
    /// A department.
    fn department(&self, id: DepartmentId) -> Result<Option<Department>, Error>;
    /// A group.
    fn group(&self, id: GroupId) -> Result<Option<Group>, Error>;
    /// The groups of a department.
    fn groups_of_department(&self, department: DepartmentId) -> Result<Vec<Group>, Error>;
    /// The groups that a person belongs to.
    fn groups_of_user(&self, user: UserId) -> Result<Vec<Group>, Error>;
    /// The memberships of a group, by person.
    fn memberships(&self, group: GroupId) -> Result<Vec<Membership>, Error>;
    /// All definitions of custom fields.
    fn custom_fields(&self) -> Result<Vec<CustomField>, Error>;
    /// The values that were set of a person's custom fields.
    fn custom_values(&self, user: UserId) -> Result<Values, Error>;
    /// The permissions of a role in an area and category.
    fn permissions(&self, role: RoleId, area: Area, category: i32) -> Result<Vec<String>, Error>;
    /// All permissions of a role: area, category and name.
    fn all_permissions(&self, role: RoleId) -> Result<Vec<(Area, i32, String)>, Error>;
    /// All reports, by id.
    fn reports(&self) -> Result<Vec<Report>, Error>;
    /// All time-log categories.
    fn time_log_categories(&self) -> Result<Vec<TimeLogCategory>, Error>;
    /// One of the lists of languages, by tag.
    fn languages(&self, which: Languages) -> Result<Vec<Language>, Error>;
    /// An organization.
    fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, Error>;
    /// The id of the organization with this name key.
    fn organization_id_by_name(&self, key: &str) -> Result<Option<OrganizationId>, Error>;
    /// How members of an organization are recognised.
    fn members(&self, organization: OrganizationId) -> Result<Vec<Member>, Error>;
    /// Whether there is a filter with this id.
    fn member_exists(&self, id: i32) -> Result<bool, Error>;
    /// What was reported of an agent on a day, counted from 1970; only the last report is kept.
    fn activity(&self, user: UserId, day: i64) -> Result<Option<Activity>, Error>;
    /// What uses an item, as a sentence's end such as `3 departments`, counted up to 1000; `None` when nothing does.
    fn use_of(&self, item: &Item) -> Result<Option<String>, Error>;
}

/// What can be changed of the structure.
pub trait WriteStructure {
    /// Makes a brand, last in the list.
    fn insert_brand(&mut self, name: &Name) -> Result<BrandId, Error>;
    /// Makes a department, last in the brand's list.
    fn insert_department(&mut self, brand: BrandId, name: &Name) -> Result<DepartmentId, Error>;
    /// Decides who may submit tickets to a department.
    fn set_access(&mut self, department: DepartmentId, internal: bool, roles: &[RoleId]) -> Result<(), Error>;
    /// Makes a group, last in the department's list; the first one is its front line.
    fn insert_group(&mut self, department: DepartmentId, name: &Name) -> Result<GroupId, Error>;
    /// Makes a group the front line of its department in place of the one that was.
    fn set_front_line(&mut self, group: &Group) -> Result<(), Error>;
    /// Makes or changes a membership.
    fn put_membership(&mut self, membership: &Membership) -> Result<(), Error>;
    /// Ends a membership; nothing changes if there is none.
    fn delete_membership(&mut self, group: GroupId, user: UserId) -> Result<(), Error>;
    /// Makes a custom field, last in the list.
    fn insert_custom_field(&mut self, field: &CustomField) -> Result<CustomFieldId, Error>;
    /// Keeps a changed definition, except for its position.
    fn update_custom_field(&mut self, field: &CustomField) -> Result<(), Error>;
    /// Sets a person's value; an empty one takes it away.
    fn put_custom_value(&mut self, user: UserId, field: CustomFieldId, value: &str) -> Result<(), Error>;
    /// Replaces the permissions of a role in an area and category.
    fn replace_permissions(&mut self, role: RoleId, area: Area, category: i32, names: &[String]) -> Result<(), Error>;
    /// Makes a report, last in the list.
    fn insert_report(&mut self, id: &str, name: &Name) -> Result<(), Error>;
    /// Makes a time-log category, last in the list.
    fn insert_time_log_category(&mut self, name: &Name, description: &str) -> Result<i32, Error>;
    /// Changes what a time-log category is described by.
    fn set_description(&mut self, category: i32, description: &str) -> Result<(), Error>;
    /// Adds a language, last in the list.
    fn insert_language(&mut self, which: Languages, tag: &str, name: &str) -> Result<(), Error>;
    /// Gives an item another name.
    fn rename(&mut self, item: &Item, name: &Name) -> Result<(), Error>;
    /// Puts items into this order, from position 1.
    fn reorder(&mut self, items: &[Item]) -> Result<(), Error>;
    /// Removes an item with all that uses it.
    fn delete(&mut self, item: &Item) -> Result<(), Error>;
    /// Makes an organization.
    fn insert_organization(&mut self, organization: &Organization) -> Result<OrganizationId, Error>;
    /// Keeps a changed organization.
    fn update_organization(&mut self, organization: &Organization) -> Result<(), Error>;
    /// Removes an organization with its filters.
    fn delete_organization(&mut self, id: OrganizationId) -> Result<(), Error>;
    /// Adds a filter by which members are recognised; answers its id, or that of the same filter if it was there.
    fn put_member(&mut self, organization: OrganizationId, kind: MemberKind, value: &str) -> Result<i32, Error>;
    /// Removes a filter.
    fn delete_member(&mut self, id: i32) -> Result<(), Error>;
    /// Keeps what was reported of an agent on a day.
    fn put_activity(&mut self, user: UserId, day: i64, activity: &Activity) -> Result<(), Error>;
}
