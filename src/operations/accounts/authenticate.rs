//! Authenticate.

use super::conversions::user_record;
use super::records::{AuthenticateResult, LoginOutcome};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::name;
use crate::domain::user::{AuthenticationMethod, User};
use crate::operations::people::{check_password, user};
use crate::operations::{Bench, Checks, Context};
use secrecy::SecretString;

operation! {
    /// Checks a person's login, notes its time, and answers the person with its roles. Administrators may check anybody's, others only
    /// their own. A login that fails is an answer, not a failure of the call.
    signs_in Authenticate by Anybody {
        /// The person's login name.
        username: Option<String>,
        /// The person's password.
        password: Option<SecretString>,
    } -> AuthenticateResult
}

impl Checks for Authenticate {
    fn check(self, context: &Context<'_>, bench: &mut Bench<'_>) -> Result<(AuthenticateResult, Option<UserId>), Error> {
        let username = self.username.unwrap_or_default();
        if !context.caller.is_administrator() {
            let own = bench.view(|read| user(read, "authUserName", context.caller.id.0))?;
            if own.username.key() != name::key(&username) {
                return Err(Error::NotAuthorized("administrators, or the person itself,"));
            }
        }
        let Some(credential) = check_password(bench, &username, &self.password.unwrap_or_default())? else {
            return Ok((AuthenticateResult::default(), None));
        };
        let user = bench.view(|read| user(read, "username", credential.caller.id.0))?;
        let outcome = outcome(&user);
        if outcome != LoginOutcome::Granted {
            return Ok((AuthenticateResult { outcome, ..AuthenticateResult::default() }, None));
        }
        let result = AuthenticateResult {
            is_authenticated: true,
            outcome,
            must_change_password: user.force_password_change,
            user: Some(user_record(&user, &context.server.rules)),
            ..AuthenticateResult::default()
        };
        Ok((result, Some(user.id)))
    }
}

/// How the login ends of somebody whose password is right (R31).
fn outcome(user: &User) -> LoginOutcome {
    match user.authentication {
        _ if user.id == UserId::QUEUE => LoginOutcome::Denied,
        _ if !user.enabled => LoginOutcome::Disabled,
        AuthenticationMethod::Password => LoginOutcome::Granted,
        _ => LoginOutcome::OtherMethod,
    }
}
