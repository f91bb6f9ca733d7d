//! CloneUser.

use super::newcomer::{first_password, texts};
use super::records::CreateUserResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::people::{Newcomer, PreparedNewcomer, insert};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;
use secrecy::SecretString;

operation! {
    /// Makes a person like another one, with its settings, roles, groups, custom fields and picture, and answers the new one's id. Names,
    /// password, e-mail address, external id and last login are its own.
    writes CloneUser by Administrator {
        /// The person who is the model.
        user_id as "userId": i32,
        /// Login name of the new one.
        username: Option<String>,
        /// First password of the new one; needed unless the model logs in by another method.
        password: Option<SecretString>,
        /// E-mail address of the new one; it is not verified.
        email_address as "emailAddress": Option<String>,
        /// The name that people see; empty becomes the user name.
        display_name as "displayName": Option<String>,
    } -> CreateUserResult
}

impl Prepares for CloneUser {
    type Prepared = PreparedNewcomer;

    fn is_slow(&self) -> bool {
        self.password.is_some()
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<PreparedNewcomer, Error> {
        let mut changes = Changes::default();
        texts(&mut changes, self.username, self.email_address, self.display_name, bench);
        let by_password = bench.view(|read| Newcomer::model_has_a_password(read, self.user_id))?;
        if by_password || self.password.is_some() {
            first_password(&mut changes, self.password, bench);
        }
        Newcomer { changes, like: Some(self.user_id), ..Newcomer::default() }.prepare(bench)
    }

    fn apply(prepared: &PreparedNewcomer, context: &Context<'_>, tx: &mut dyn Write) -> Result<CreateUserResult, Error> {
        Ok(CreateUserResult { user_id: insert(prepared, context, tx)?.0, ..CreateUserResult::default() })
    }
}
