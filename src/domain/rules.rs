//! What an operator may decide about people: the configurable part of the rules.

use super::avatar::Providers;
use super::policy::Policy;

/// The configurable rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// What a new password must be.
    pub password: Policy,
    /// Whether everybody needs an e-mail address (R13).
    pub require_email: bool,
    /// Whether no two people may share an e-mail address.
    pub unique_email: bool,
    /// The zone of people who chose none: an IANA or Windows id.
    pub time_zone: String,
    /// The language of people who chose none.
    pub language: String,
    /// Where avatars may come from.
    pub avatars: Providers,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            password: Policy::default(),
            require_email: true,
            unique_email: false,
            time_zone: "UTC".to_owned(),
            language: "en".to_owned(),
            avatars: Providers::default(),
        }
    }
}
