//! The one place where an error becomes a result code (section 10 of `svcOrganization.md`), and where defects are logged.
//!
//! The match is exhaustive: a new error does not compile until its answer is decided.

use crate::domain::Error;

/// The result code of an error.
pub const fn code(error: &Error) -> i32 {
    match error {
        Error::AuthenticationFailed => 1,
        Error::NotAuthorized(_) => 2,
        Error::NotFound { .. } => 3,
        Error::Taken { .. } => 4,
        Error::InvalidValue { .. } => 5,
        Error::LastAdministrator
        | Error::QueueUser { .. }
        | Error::AutomaticRole
        | Error::BuiltInRole
        | Error::AgentOfManager
        | Error::NoRoleIdLeft
        | Error::WrongAudience { .. }
        | Error::Rule { .. } => 6,
        Error::Busy | Error::Unavailable { .. } => 9,
        Error::Internal { .. } => 99,
    }
}

/// Tells the log of an error that is not the caller's. The outer text of a defect names the number to search for.
pub fn log(operation: &str, error: &Error) {
    let inner = error.inner();
    match error {
        Error::Internal { .. } => tracing::error!(operation, %error, inner, "a call failed by a defect"),
        Error::Unavailable { .. } => tracing::warn!(operation, %error, inner, "the store is not available"),
        Error::Busy => tracing::warn!(operation, "a queue is full"),
        _ => tracing::debug!(operation, code = code(error), "a call was refused"),
    }
}
