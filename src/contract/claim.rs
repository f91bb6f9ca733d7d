//! What a request says of who calls, gathered from every place where it may say so.
//!
//! Which places there are, and whether what they say is true, is not known here.

use super::Login;
use secrecy::{ExposeSecret, SecretString};

/// A caller's claim to be somebody. Claims of several places are joined by [`Claim::and`].
#[derive(Clone, Debug, Default)]
pub enum Claim {
    /// Nothing was said.
    #[default]
    Absent,
    /// One user name and one password, said in one place or alike in several.
    Of {
        /// The user name as it was sent.
        user: String,
        /// The password.
        password: SecretString,
    },
    /// What cannot be right: it could not be read, or one place says other than another (R4).
    Void,
}

impl Claim {
    /// A claim by user name and password; two empty ones say nothing.
    pub fn new(user: String, password: SecretString) -> Claim {
        if user.is_empty() && password.expose_secret().is_empty() { Claim::Absent } else { Claim::Of { user, password } }
    }

    /// What two places say together: what one of them says, or what both say in exactly the same way.
    pub fn and(self, other: Claim) -> Claim {
        match (self, other) {
            (Claim::Absent, claim) | (claim, Claim::Absent) => claim,
            (Claim::Of { user, password }, Claim::Of { user: other, password: second })
                if user == other && password.expose_secret() == second.expose_secret() =>
            {
                Claim::Of { user, password }
            }
            _ => Claim::Void,
        }
    }

    /// Whether nothing was said.
    pub fn is_absent(&self) -> bool {
        matches!(self, Claim::Absent)
    }
}

/// What the parameters say; one that was left out is like an empty one.
impl From<Login> for Claim {
    fn from(Login { user, password }: Login) -> Claim {
        Claim::new(user.unwrap_or_default(), password.unwrap_or_default())
    }
}

/// The login to check. A void claim is one of nobody, so that it fails as any wrong login does (R6).
impl From<Claim> for Login {
    fn from(claim: Claim) -> Login {
        match claim {
            Claim::Of { user, password } => Login { user: Some(user), password: Some(password) },
            Claim::Absent | Claim::Void => Login { user: None, password: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(user: &str, password: &str) -> Claim {
        Claim::new(user.to_owned(), password.into())
    }

    fn told(claim: Claim) -> String {
        match claim {
            Claim::Absent => "absent".to_owned(),
            Claim::Of { user, password } => format!("{user}:{}", password.expose_secret()),
            Claim::Void => "void".to_owned(),
        }
    }

    #[test]
    fn what_says_nothing_changes_nothing() {
        for said in [claim("a", "b"), claim("a", ""), claim("", "b"), Claim::Void, Claim::Absent] {
            let expected = told(said.clone());
            assert_eq!(told(said.clone().and(claim("", ""))), expected);
            assert_eq!(told(Claim::Absent.and(said)), expected);
        }
    }

    #[test]
    fn the_same_claim_twice_is_one_and_two_that_differ_anywhere_are_void() {
        assert_eq!(told(claim("a", "b").and(claim("a", "b"))), "a:b");
        for other in [claim("A", "b"), claim("a", "B"), claim("a ", "b"), claim("a", ""), claim("", "b"), Claim::Void] {
            assert_eq!(told(claim("a", "b").and(other.clone())), "void", "{other:?}");
            assert_eq!(told(other.clone().and(claim("a", "b"))), "void", "{other:?}");
        }
        assert_eq!(told(Claim::Void.and(Claim::Void)), "void");
    }

    #[test]
    fn a_void_claim_is_a_login_of_nobody() {
        let Login { user, password } = claim("a", "b").and(claim("a", "c")).into();
        assert!(user.is_none() && password.is_none());
    }

    #[test]
    fn a_password_is_not_told_by_a_claim() {
        assert!(!format!("{:?}", claim("a", "hidden")).contains("hidden"));
    }
}
