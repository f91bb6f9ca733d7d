//! CreateUser: the older form of CreateUser2.

use super::create_user2::{CreateUser2, insert};
use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::user::User;
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;
use secrecy::SecretString;

operation! {
    /// Creates a user. CreateUser2 does the same and answers the id.
    writes CreateUser by Administrator {
        /// Login name, unique without regard to case.
        username: Option<String>,
        /// First password.
        password: Option<SecretString>,
        /// E-mail address.
        email: Option<String>,
        /// Whether the address counts as verified.
        is_email_verified as "isEmailVerified": bool,
        /// The name that people see; empty becomes the user name.
        display_name as "displayName": Option<String>,
    } -> GenericResult
}

impl Prepares for CreateUser {
    type Prepared = User;

    fn is_slow(&self) -> bool {
        true
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<User, Error> {
        let CreateUser { username, password, email, is_email_verified, display_name } = self;
        CreateUser2 { username, password, email, is_email_verified, display_name }.prepare(bench)
    }

    fn apply(user: &User, context: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        insert(user, context, tx)?;
        Ok(GenericResult::default())
    }
}
