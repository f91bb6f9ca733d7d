//! The one place where an error becomes a result code (section 10 of `svcOrganization.md`), and where defects are logged.
//!
//! The match is exhaustive: a new error does not compile until its answer is decided.

use crate::contract::{Failure, FieldFailure};
use crate::domain::Error;

/// Every result code, and when it is answered; for the reference.
pub const CODES: &[(i32, &str)] = &[
    (0, "Done; the message is empty."),
    (1, "The login failed: unknown, wrong, disabled, or no credentials. One answer for all of them, in the same time."),
    (2, "The caller's roles do not allow it."),
    (3, "The user, role, group or the like does not exist."),
    (4, "The name is taken."),
    (5, "A value is missing, malformed, too long, or an unknown key or permission."),
    (6, "A rule forbids it: the last administrator, a built-in role, what is in use, a setting of another kind of person."),
    (9, "The server is busy or its store cannot be reached; nothing was changed. Try again."),
    (99, "A defect of asmxd; nothing was changed. The message has the number under which the log tells more."),
];

/// The result code of an error.
pub fn code(error: &Error) -> i32 {
    match error {
        Error::Several(errors) => errors.first().map_or(99, code),
        Error::OneOf { problem, .. } => code(problem),
        Error::AuthenticationFailed => 1,
        Error::NotAuthorized(_) | Error::AdministratorsOnly { .. } => 2,
        Error::NotFound { .. } => 3,
        Error::Taken { .. } => 4,
        Error::InvalidValue { .. } => 5,
        Error::LastAdministrator
        | Error::QueueUser { .. }
        | Error::AutomaticRole { .. }
        | Error::BuiltInRole { .. }
        | Error::AgentOfManager { .. }
        | Error::NoRoleIdLeft
        | Error::InUse { .. }
        | Error::WrongAudience { .. }
        | Error::Rule { .. }
        | Error::TooManyMissing { .. }
        | Error::Outdated { .. } => 6,
        Error::Busy | Error::Unavailable { .. } => 9,
        Error::Internal { .. } => 99,
    }
}

/// What a result record tells of an error.
pub fn of(error: &Error) -> Failure {
    let field = |error: &Error| {
        error.field().map(|field| FieldFailure { field: field.to_owned(), code: code(error), message: error.to_string() })
    };
    Failure { code: code(error), message: error.to_string(), fields: error.each().iter().filter_map(field).collect() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_answered_is_in_the_reference() {
        let errors = [
            Error::AuthenticationFailed,
            Error::NotAuthorized("x"),
            Error::NotFound { parameter: "x", what: "y" },
            Error::Taken { parameter: String::new() },
            Error::invalid("x", "y"),
            Error::LastAdministrator,
            Error::Busy,
            Error::internal("x"),
        ];
        let listed: Vec<i32> = CODES.iter().map(|(code, _)| *code).filter(|code| *code != 0).collect();
        assert_eq!(errors.iter().map(code).collect::<Vec<_>>(), listed);
    }
}
