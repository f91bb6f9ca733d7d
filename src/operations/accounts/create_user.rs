//! CreateUser.

use super::asked;
use super::newcomer::{Basics, newcomer};
use super::records::CreateUserResult;
use super::settings::UserSettings;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::{PreparedNewcomer, insert};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;
use secrecy::SecretString;

operation! {
    /// Makes a person with its first roles and settings and answers its id. If the answer is lost, ask GetUserByUsername.
    writes CreateUser by Administrator {
        /// Login name, 1 to 100 characters; unique without regard to case, composition or outer blanks.
        username: Option<String>,
        /// First password; needed unless the settings name another AuthenticationMethod.
        password: Option<SecretString>,
        /// E-mail address.
        email_address as "emailAddress": Option<String>,
        /// Whether the address counts as verified; false unless said.
        is_email_verified as "isEmailVerified": Option<bool>,
        /// The name that people see; empty becomes the user name.
        display_name as "displayName": Option<String>,
        /// Roles by id. Manager brings Agent along.
        role_ids as "roleIds": Option<Vec<i16>>,
        /// Roles by name.
        role_names as "roleNames": Option<Vec<String>>,
        /// Further settings; what is left out has its default.
        settings: Option<UserSettings>,
    } -> CreateUserResult
}

impl Prepares for CreateUser {
    type Prepared = PreparedNewcomer;

    fn is_slow(&self) -> bool {
        self.password.is_some() || asked::is_slow(self.settings.as_ref())
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<PreparedNewcomer, Error> {
        let CreateUser { username, password, email_address, is_email_verified, display_name, role_ids, role_names, settings } =
            self;
        let employee = false;
        let basics =
            Basics { username, password, email_address, is_email_verified, display_name, role_ids, role_names, employee };
        newcomer(basics, settings.as_ref(), bench)?.prepare(bench)
    }

    fn apply(prepared: &PreparedNewcomer, context: &Context<'_>, tx: &mut dyn Write) -> Result<CreateUserResult, Error> {
        Ok(CreateUserResult { user_id: insert(prepared, context, tx)?.0, ..CreateUserResult::default() })
    }
}
