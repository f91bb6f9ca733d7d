//! UpdateUser.

use super::records::UpdateResult;
use crate::contract::{Text, operation};
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::people::{Ask, Prepared, apply, prepare};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;

operation! {
    /// Changes who a person is: all that is given or, if one of it is wrong, nothing. What is left out stays as it is.
    writes UpdateUser by Administrator {
        /// The person.
        user_id as "userId": i32,
        /// Login name.
        username: Option<Text>,
        /// The name that people see; empty becomes the user name.
        display_name as "displayName": Option<Text>,
        /// E-mail address.
        email_address as "emailAddress": Option<Text>,
        /// Whether the address was verified.
        is_email_verified as "isEmailVerified": Option<bool>,
        /// Whether the person can log in and call.
        enabled: Option<bool>,
        /// The key of another system; empty for none.
        external_id as "externalId": Option<Text>,
        /// The version that was read; if the person was changed since, nothing is done.
        expected_version as "expectedVersion": Option<i32>,
    } -> UpdateResult
}

impl Prepares for UpdateUser {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        false
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let text = |text: Option<Text>| text.map(|Text(text)| text);
        let given = [
            ("username", text(self.username)),
            ("displayName", text(self.display_name)),
            ("emailAddress", text(self.email_address)),
            ("isEmailVerified", self.is_email_verified.map(|flag| flag.to_string())),
            ("enabled", self.enabled.map(|flag| flag.to_string())),
            ("externalId", text(self.external_id)),
        ];
        let mut changes = Changes::default();
        for (key, text) in given.iter().filter_map(|(key, text)| Some((*key, text.as_deref()?))) {
            changes.set_untagged(key, text, bench.rules());
        }
        let ask = Ask { expected_version: self.expected_version, ..Ask::administrator(self.user_id, changes) };
        prepare(ask, bench)
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        apply(prepared, context, tx).map(UpdateResult::from)
    }
}
