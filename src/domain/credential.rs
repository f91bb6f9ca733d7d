//! What a login is checked against.

use super::caller::Caller;
use super::password::PasswordHash;

/// A person's stored credentials and state, as one read of the store gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Who it is.
    pub caller: Caller,
    /// The hash of the password; none was set for the queue and for people of a directory.
    pub hash: Option<PasswordHash>,
    /// Whether the person may log in with its password: enabled, and of `Password` authentication (R6).
    pub may_log_in: bool,
}
