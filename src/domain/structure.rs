//! The structure of the help desk: brands hold departments, departments hold groups, groups have agents.

use super::ids::{BrandId, CustomFieldId, DepartmentId, GroupId, RoleId, UserId};

/// An agent as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Its id.
    pub id: UserId,
    /// The name that people see.
    pub display_name: String,
    /// The name it logs in with.
    pub username: String,
}

/// A brand: top of the structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// Its id.
    pub id: BrandId,
    /// Its name.
    pub name: String,
    /// Its place in the list, from 1.
    pub position: i32,
}

/// A department of a brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// The brand it belongs to.
    pub brand: BrandId,
    /// Its name.
    pub name: String,
    /// Whether it takes no tickets from outside.
    pub internal: bool,
    /// The roles to which it is limited; none means that it is open to everybody.
    pub roles: Vec<RoleId>,
    /// Its place in the brand's list, from 1.
    pub position: i32,
}

impl Department {
    /// Whether somebody with these roles may submit tickets to it.
    pub fn takes_tickets_of(&self, roles: &[RoleId]) -> bool {
        !self.internal && (self.roles.is_empty() || self.roles.iter().any(|role| roles.contains(role)))
    }
}

/// A group of agents within a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The department it belongs to.
    pub department: DepartmentId,
    /// Its name.
    pub name: String,
    /// Whether it is the first to receive its department's tickets and chats; one group of a department is.
    pub front_line: bool,
    /// Its place in the department's list, from 1.
    pub position: i32,
}

/// An agent's place in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The group.
    pub group: GroupId,
    /// The agent.
    pub user: UserId,
    /// Whether it takes tickets now.
    pub active_tickets: bool,
    /// Whether it takes live chats now.
    pub active_chats: bool,
    /// Whether it is away from its desk.
    pub away: bool,
}

/// Which members of a group are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// All of them.
    All,
    /// Those active for tickets.
    ActiveForTickets,
    /// Those active for live chats.
    ActiveForChats,
    /// Those active for live chats and not away.
    AvailableForChats,
}

/// How much of the structure somebody may see (R21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of it: an administrator.
    Everything,
    /// The departments where it belongs to a group, whole: a manager.
    DepartmentsOf(UserId),
    /// Its groups: an agent.
    GroupsOf(UserId),
}

/// A report that roles may be allowed to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id: a GUID, lower case with dashes.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its place in the list, from 1.
    pub position: i32,
}

/// A category under which time is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLogCategory {
    /// Its id.
    pub id: i32,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Its place in the list, from 1.
    pub position: i32,
}

/// A language that people may choose, or one that their spelling may be checked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its tag, for instance `pt-BR` (BCP 47).
    pub tag: String,
    /// Its name in itself.
    pub name: String,
    /// Its place in the list, from 1.
    pub position: i32,
}

/// The two lists of languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Languages {
    /// What people read.
    Supported,
    /// What their spelling is checked in.
    Dictionaries,
}

/// What the ticket system reports of an agent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Activity {
    /// Tickets it works on now.
    pub active_tickets: i32,
    /// Live chats it is in now.
    pub active_chats: i32,
    /// Tasks it has begun.
    pub tasks_in_progress: i32,
    /// Tickets of the day.
    pub daily_tickets: i32,
    /// Live chats of the day.
    pub daily_chats: i32,
    /// Call logs of the day.
    pub daily_call_logs: i32,
    /// Average time to the answer of a ticket on this day, in the unit in which it was reported.
    pub average_response_time: f64,
}

/// One thing of the lists that people name, order and remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A brand.
    Brand(BrandId),
    /// A department.
    Department(DepartmentId),
    /// A group.
    Group(GroupId),
    /// The definition of a custom field.
    CustomField(CustomFieldId),
    /// A report.
    Report(String),
    /// A time-log category.
    TimeLogCategory(i32),
    /// An entry of one of the lists of languages.
    Language(Languages, String),
}
