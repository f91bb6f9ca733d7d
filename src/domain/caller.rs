//! Who makes a call, and what that allows.

use super::Error;
use super::ids::{RoleId, UserId};
use super::role;
use super::structure::Scope;

/// A person whose credentials were found right, with its roles as they are inside the call's transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Its id.
    pub id: UserId,
    /// The roles that were given to it by hand, with whether each is for employees.
    pub roles: Vec<(RoleId, bool)>,
}

impl Caller {
    /// Whether it holds the role.
    pub fn holds(&self, role: RoleId) -> bool {
        self.roles.iter().any(|(held, _)| *held == role)
    }

    /// Whether it may do everything.
    pub fn is_administrator(&self) -> bool {
        self.holds(role::ADMINISTRATOR)
    }

    /// Whether it holds an employee role.
    pub fn is_employee(&self) -> bool {
        self.roles.iter().any(|(_, employee)| *employee)
    }

    /// How much of the structure it sees (R21).
    pub fn scope(&self) -> Scope {
        if self.is_administrator() {
            Scope::Everything
        } else if self.holds(role::MANAGER) {
            Scope::DepartmentsOf(self.id)
        } else {
            Scope::GroupsOf(self.id)
        }
    }

    /// Fails unless it may read about the person `id`: an end user only about itself, whether the other exists or not (R21).
    pub fn may_read(&self, id: Option<UserId>) -> Result<(), Error> {
        if self.is_employee() || id == Some(self.id) {
            return Ok(());
        }
        Err(Error::NotAuthorized("employees"))
    }
}
