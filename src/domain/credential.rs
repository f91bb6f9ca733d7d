//! What a login is checked against.

use super::caller::Caller;
use super::password::PasswordHash;
use super::user::User;

/// A person's stored credentials and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Who it is.
    pub caller: Caller,
    /// The hash of the password; none was set for the queue and for people of a directory.
    pub hash: Option<PasswordHash>,
    /// Whether the person may log in with its password: it has one, is enabled, and of `Password` authentication (R6).
    pub may_log_in: bool,
}

impl From<&User> for Credential {
    fn from(user: &User) -> Self {
        let roles = user.given_roles.iter().map(|role| (role.id, role.employee)).collect();
        Credential { caller: Caller { id: user.id, roles }, hash: user.password.clone(), may_log_in: user.may_log_in() }
    }
}
