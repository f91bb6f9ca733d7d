//! A person: what is kept of it.

use super::ids::{RoleId, UserId};
use super::name::Name;
use super::password::PasswordHash;
use super::role::{self, Role};
use super::setting::Setting;
use super::time::Instant;
use std::collections::BTreeMap;

/// How a person proves who it is. The number is that of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthenticationMethod {
    /// By a password that is kept here.
    Password = 0,
    /// By a directory; nobody can log in this way until one is connected (R6).
    ActiveDirectory = 1,
    /// By an external provider; the same.
    ExternalProvider = 2,
}

impl AuthenticationMethod {
    /// All of them, in the order of their numbers.
    pub const ALL: [AuthenticationMethod; 3] =
        [AuthenticationMethod::Password, AuthenticationMethod::ActiveDirectory, AuthenticationMethod::ExternalProvider];

    /// Its name in property strings.
    pub const fn name(self) -> &'static str {
        match self {
            AuthenticationMethod::Password => "Password",
            AuthenticationMethod::ActiveDirectory => "ActiveDirectory",
            AuthenticationMethod::ExternalProvider => "ExternalProvider",
        }
    }

    /// The one with this name, without regard to case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(name))
    }
}

/// A person with its roles and settings.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name it logs in with.
    pub username: Name,
    /// The name that people see.
    pub display_name: String,
    /// Its e-mail address; may be empty.
    pub email: String,
    /// Whether the address was verified; gives the role that says so.
    pub email_verified: bool,
    /// Whether it can log in and call.
    pub enabled: bool,
    /// The key of another system; may be empty.
    pub external_id: String,
    /// How it logs in.
    pub authentication: AuthenticationMethod,
    /// The directory's domain; may be empty.
    pub authentication_domain: String,
    /// The hash of its password, if one was set.
    pub password: Option<PasswordHash>,
    /// Whether it has to change its password at the next login.
    pub force_password_change: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When it last logged in.
    pub last_login: Option<Instant>,
    /// Counts its changes, from 1; logins do not count.
    pub version: i32,
    /// The name of the picture that was uploaded for it, which has methods of its own to be changed.
    pub avatar: Option<String>,
    /// The settings that differ from their defaults, by key, in their canonical text.
    pub settings: BTreeMap<&'static str, String>,
    /// The roles that were given to it by hand, in the order of their ids.
    pub given_roles: Vec<Role>,
}

impl User {
    /// Somebody without a name, an id, or anything set: what a newcomer is before it is made.
    pub fn nobody() -> Self {
        User {
            id: UserId(0),
            username: Name::none(),
            display_name: String::new(),
            email: String::new(),
            email_verified: false,
            enabled: true,
            external_id: String::new(),
            authentication: AuthenticationMethod::Password,
            authentication_domain: String::new(),
            password: None,
            force_password_change: false,
            created_at: Instant(0),
            last_login: None,
            version: 1,
            avatar: None,
            settings: BTreeMap::new(),
            given_roles: Vec::new(),
        }
    }

    /// What somebody like this person begins with: its settings and roles, without what is its own.
    pub fn likeness(&self) -> Self {
        User {
            enabled: self.enabled,
            authentication: self.authentication,
            authentication_domain: self.authentication_domain.clone(),
            force_password_change: self.force_password_change,
            settings: self.settings.clone(),
            given_roles: self.given_roles.clone(),
            ..User::nobody()
        }
    }

    /// Whether it holds an employee role.
    pub fn is_employee(&self) -> bool {
        self.given_roles.iter().any(|role| role.employee)
    }

    /// Whether the role was given to it.
    pub fn holds(&self, id: RoleId) -> bool {
        self.given_roles.iter().any(|role| role.id == id)
    }

    /// Whether it can log in here with a password.
    pub fn may_log_in(&self) -> bool {
        self.enabled
            && self.authentication == AuthenticationMethod::Password
            && self.password.is_some()
            && self.id != UserId::QUEUE
    }

    /// All its roles in the order of their ids: the automatic ones and those given to it.
    pub fn roles(&self) -> Vec<Role> {
        let automatic = role::BUILT_IN
            .into_iter()
            .filter(|(id, _, _)| id.is_automatic() && self.id != UserId::QUEUE && (*id != role::VERIFIED || self.email_verified))
            .map(|(id, name, employee)| Role { id, name: name.to_owned(), employee });
        automatic.chain(self.given_roles.iter().cloned()).collect()
    }

    /// The setting's text if it differs from its default.
    pub fn stored(&self, setting: &Setting) -> Option<&str> {
        self.settings.get(setting.key).map(String::as_str)
    }
}
