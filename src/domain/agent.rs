//! What is listed of the structure: agents, departments, groups.

use super::ids::{DepartmentId, GroupId, UserId};

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

/// A department: holds groups, belongs to a brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its name.
    pub name: String,
}

/// A group of agents within a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
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
