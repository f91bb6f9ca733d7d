//! Roles: the six built-in ones, custom ones, and what follows from holding them (section 10 of `svcOrganization.md`).

use super::ids::RoleId;

/// Everybody, with an account or not.
pub const EVERYONE: RoleId = RoleId(1);
/// Whoever has an account.
pub const REGISTERED: RoleId = RoleId(2);
/// Whoever's e-mail address is verified.
pub const VERIFIED: RoleId = RoleId(3);
/// Works on tickets and chats of its groups.
pub const AGENT: RoleId = RoleId(4);
/// An agent who sees all of the departments it belongs to.
pub const MANAGER: RoleId = RoleId(5);
/// Runs the installation.
pub const ADMINISTRATOR: RoleId = RoleId(6);
/// The first id of a custom role (R11).
pub const FIRST_CUSTOM: RoleId = RoleId(100);

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// Whether it makes its holders employees.
    pub employee: bool,
}

/// The roles that every store has, in the order of their ids.
pub const BUILT_IN: [(RoleId, &str, bool); 6] = [
    (EVERYONE, "Everyone", false),
    (REGISTERED, "Registered User", false),
    (VERIFIED, "Registered User with Verified Email", false),
    (AGENT, "Agent", true),
    (MANAGER, "Manager", true),
    (ADMINISTRATOR, "Administrator", true),
];

impl RoleId {
    /// Whether the role is one of the six that every store has.
    pub fn is_built_in(self) -> bool {
        self < FIRST_CUSTOM
    }

    /// Whether the role follows from being a user or from the verified address, and is never given by hand.
    pub fn is_automatic(self) -> bool {
        self <= VERIFIED
    }
}
