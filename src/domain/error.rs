//! Everything that can go wrong in a call, as nouns of the situation.
//!
//! What `Display` says is for the caller: stable, tested, and without secrets. `inner` texts are for the log only.

use super::setting::Audience;

/// Why a call failed. One exhaustive match elsewhere turns each into a result code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Wrong, unknown, disabled, or no credentials: one answer for all of them (R6).
    #[error("Login failed.")]
    AuthenticationFailed,
    /// The caller lacks the role.
    #[error("Only {0} may do this.")]
    NotAuthorized(&'static str),
    /// There is no such thing as the parameter names.
    #[error("{parameter}: no such {what}.")]
    NotFound {
        /// The parameter.
        parameter: &'static str,
        /// What was looked for.
        what: &'static str,
    },
    /// Another one has the name already.
    #[error("{parameter}: is taken.")]
    Taken {
        /// The parameter or property key.
        parameter: String,
    },
    /// A value is missing, malformed, too long or unknown.
    #[error("{parameter}: {problem}")]
    InvalidValue {
        /// The parameter or property key.
        parameter: String,
        /// What is wrong with it and what would be right.
        problem: String,
    },
    /// The change would leave nobody who can administer the server.
    #[error("The last administrator who can log in must stay one.")]
    LastAdministrator,
    /// User 1 stands for the queue (R12).
    #[error("{parameter}: the queue cannot be changed, removed, given a role or a password.")]
    QueueUser {
        /// The parameter.
        parameter: &'static str,
    },
    /// Roles 1 to 3 follow from being a user and from the verified address.
    #[error("{parameter}: this role cannot be given or taken by hand.")]
    AutomaticRole {
        /// The parameter.
        parameter: &'static str,
    },
    /// Roles 1 to 6 stay.
    #[error("{parameter}: a built-in role cannot be renamed or removed.")]
    BuiltInRole {
        /// The parameter.
        parameter: &'static str,
    },
    /// A manager is an agent too (R16).
    #[error("{parameter}: a manager has the role Agent as well; take Manager away first.")]
    AgentOfManager {
        /// The parameter.
        parameter: &'static str,
    },
    /// Something is still used by others.
    #[error("{parameter}: is in use by {by}; ask to cascade to remove that as well.")]
    InUse {
        /// The parameter.
        parameter: &'static str,
        /// What uses it.
        by: String,
    },
    /// There are no ids left for custom roles.
    #[error("There is no room for another role.")]
    NoRoleIdLeft,
    /// The setting belongs to another kind of person.
    #[error("{key}: is a setting of {} only.", audience.word())]
    WrongAudience {
        /// The setting.
        key: String,
        /// Whose setting it is.
        audience: Audience,
    },
    /// A rule of the settings, judged on the final state of the call.
    #[error("{key}: {rule}")]
    Rule {
        /// The setting.
        key: String,
        /// The rule, as a sentence.
        rule: &'static str,
    },
    /// The setting is none that a person changes for itself.
    #[error("{key}: is changed by administrators only.")]
    AdministratorsOnly {
        /// The setting.
        key: String,
    },
    /// The person was changed since the caller looked.
    #[error("expectedVersion: is {expected}, and the person is at version {found}; read it again.")]
    Outdated {
        /// What the caller expected.
        expected: i32,
        /// What is stored.
        found: i32,
    },
    /// More people would be disabled or removed than the safeguard of an import allows.
    #[error(
        "mostMissing: {missing} of {total} people are in no row, and at most {most} per cent may be; nobody was disabled or removed."
    )]
    TooManyMissing {
        /// How many are in no row.
        missing: i64,
        /// How many there are in the scope.
        total: i64,
        /// The most of them, in per cent.
        most: u8,
    },
    /// Something is wrong with one of several.
    #[error("{item} ({what}){}", problem.after_field())]
    OneOf {
        /// Which of them: the parameter and the place in it from 0, as in `userIds[1]`.
        item: String,
        /// What stands there.
        what: String,
        /// What is wrong with it.
        problem: Box<Error>,
    },
    /// Several fields are wrong, in the order of the checks; never empty.
    #[error("{}", summary(.0))]
    Several(Vec<Error>),
    /// Too much to do at the moment.
    #[error("The server is busy; nothing was changed. Try again.")]
    Busy,
    /// The store cannot be reached or written.
    #[error("The store is not available; nothing was changed. Try again.")]
    Unavailable {
        /// For the log.
        inner: String,
    },
    /// A defect of ours.
    #[error("Internal error {id}; nothing was changed.")]
    Internal {
        /// The number under which the log has the details.
        id: String,
        /// For the log.
        inner: String,
    },
}

/// The most sentences that one message holds.
const MOST_SENTENCES: usize = 10;

fn summary(errors: &[Error]) -> String {
    let told = errors.iter().take(MOST_SENTENCES).map(ToString::to_string);
    let untold = errors.len().saturating_sub(MOST_SENTENCES);
    let rest = (untold > 0).then(|| format!("And {untold} more are wrong."));
    told.chain(rest).collect::<Vec<_>>().join(" ")
}

impl Error {
    /// A value that is missing or bad.
    pub fn invalid(parameter: impl Into<String>, problem: impl Into<String>) -> Self {
        Error::InvalidValue { parameter: parameter.into(), problem: problem.into() }
    }

    /// A defect of ours, under a random number by which the log can be searched.
    pub fn internal(inner: impl Into<String>) -> Self {
        let mut bytes = [0; 4];
        let id = match getrandom::fill(&mut bytes) {
            Ok(()) => format!("{:08x}", u32::from_be_bytes(bytes)),
            Err(_) => "00000000".to_owned(),
        };
        Error::Internal { id, inner: inner.into() }
    }

    /// Fails with all that is wrong, if anything is, in the order of the checks (R1).
    pub fn all(problems: Vec<Error>) -> Result<(), Error> {
        if problems.is_empty() { Ok(()) } else { Err(Error::together(problems)) }
    }

    /// What is wrong, of which there is something, in the order of the checks.
    pub fn together(mut problems: Vec<Error>) -> Error {
        problems.sort_by_key(Error::rank);
        match (problems.len(), problems.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                problems.extend(last);
                Error::Several(problems)
            }
        }
    }

    /// The place of its check among the others (R1): authorisation, values, existence, what is taken, rules.
    fn rank(&self) -> usize {
        match self {
            Error::AuthenticationFailed | Error::NotAuthorized(_) | Error::AdministratorsOnly { .. } => 0,
            Error::InvalidValue { .. } => 1,
            Error::NotFound { .. } => 2,
            Error::Taken { .. } => 3,
            Error::OneOf { problem, .. } => problem.rank(),
            _ => 4,
        }
    }

    /// The same of the item at this place of a list.
    pub fn about(self, at: usize, item: &dyn std::fmt::Display) -> Error {
        let (what, item) = (item.to_string(), format!("{}[{at}]", self.field().unwrap_or_default()));
        Error::OneOf { item, what, problem: Box::new(self) }
    }

    /// The sentence without the field that it begins with.
    fn after_field(&self) -> String {
        let text = self.to_string();
        self.field().and_then(|field| text.strip_prefix(field)).unwrap_or(&text).to_owned()
    }

    /// The errors it is made of: several, or itself.
    pub fn each(&self) -> &[Error] {
        match self {
            Error::Several(errors) => errors,
            one => std::slice::from_ref(one),
        }
    }

    /// Whether it is the server's own trouble, whatever the call says.
    pub fn is_the_servers(&self) -> bool {
        matches!(self, Error::Unavailable { .. } | Error::Internal { .. } | Error::Busy)
    }

    /// The parameter, field or setting that it is about.
    pub fn field(&self) -> Option<&str> {
        match self {
            Error::InvalidValue { parameter, .. } | Error::Taken { parameter } => Some(parameter),
            Error::NotFound { parameter, .. } | Error::InUse { parameter, .. } => Some(parameter),
            Error::QueueUser { parameter }
            | Error::AutomaticRole { parameter }
            | Error::BuiltInRole { parameter }
            | Error::AgentOfManager { parameter } => Some(parameter),
            Error::WrongAudience { key, .. } | Error::Rule { key, .. } | Error::AdministratorsOnly { key } => Some(key),
            Error::Outdated { .. } => Some("expectedVersion"),
            Error::TooManyMissing { .. } => Some("mostMissing"),
            Error::OneOf { item, .. } => Some(item),
            _ => None,
        }
    }

    /// What the log is told beyond the outer text.
    pub fn inner(&self) -> Option<&str> {
        match self {
            Error::Unavailable { inner } | Error::Internal { inner, .. } => Some(inner),
            _ => None,
        }
    }
}
