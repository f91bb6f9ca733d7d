//! CreateUser2, and what CreateUser shares with it.

use super::results::UserInfoResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::check_email;
use crate::domain::ids::UserId;
use crate::domain::name::Name;
use crate::domain::rules::Rules;
use crate::domain::user::User;
use crate::operations::{Bench, Context, Prepares};
use crate::store::{Read, Write};
use secrecy::SecretString;

operation! {
    /// Creates a user and answers its id. With an answer lost on the way, ask GetUsersPropertiesbyUsername for UserID.
    writes CreateUser2 by Administrator {
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
    } -> UserInfoResult
}

impl Prepares for CreateUser2 {
    type Prepared = User;

    fn is_slow(&self) -> bool {
        true
    }

    /// Values first, then what is taken, and only then the hash.
    fn prepare(self, bench: &mut Bench<'_>) -> Result<User, Error> {
        let rules = bench.rules();
        let username = self.username.unwrap_or_default();
        let username = Name::new(&username).map_err(|problem| Error::invalid("username", problem))?;
        let password = self.password.unwrap_or_default();
        rules.password.check(&password, Some(&username)).map_err(|problem| Error::invalid("password", problem))?;
        let email = check_email("email", &self.email.unwrap_or_default(), rules)?;
        let display_name = display_name(self.display_name, &username)?;
        let user =
            User { username, display_name, email, email_verified: self.is_email_verified, password: None, ..User::nobody() };
        bench.view(|read| check_unique(&user, rules, read))?;
        Ok(User { password: Some(bench.hash(&password)?), ..user })
    }

    fn apply(user: &User, context: &Context<'_>, tx: &mut dyn Write) -> Result<UserInfoResult, Error> {
        let UserId(user_id) = insert(user, context, tx)?;
        Ok(UserInfoResult { user_id, ..UserInfoResult::default() })
    }
}

/// Makes the user unless its name was taken since the preparation.
pub fn insert(user: &User, context: &Context<'_>, tx: &mut dyn Write) -> Result<UserId, Error> {
    check_unique(user, &context.server.rules, tx)?;
    tx.insert_user(user, context.now)
}

fn display_name(given: Option<String>, username: &Name) -> Result<String, Error> {
    match given.filter(|given| !given.trim().is_empty()) {
        Some(name) if name.chars().count() > 200 => Err(Error::invalid("displayName", "has more than 200 characters.")),
        Some(name) => Ok(name),
        None => Ok(username.as_str().to_owned()),
    }
}

fn check_unique(user: &User, rules: &Rules, read: &dyn Read) -> Result<(), Error> {
    if read.user_id_by_name(user.username.key())?.is_some() {
        return Err(Error::Taken { parameter: "username".to_owned() });
    }
    if rules.unique_email && !user.email.is_empty() && read.email_is_used(&user.email, None)? {
        return Err(Error::Taken { parameter: "email".to_owned() });
    }
    Ok(())
}
