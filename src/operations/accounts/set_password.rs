//! SetPassword.

use super::records::UpdateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::people::{Ask, Prepared, apply, prepare};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;
use secrecy::SecretString;

operation! {
    /// Gives a person another password; only with Password authentication.
    writes SetPassword by Administrator {
        /// The person.
        user_id as "userId": i32,
        /// The password as it is to be.
        new_password as "newPassword": Option<SecretString>,
        /// Whether the person has to change it; left out, that stays as it is.
        require_change as "requireChange": Option<bool>,
    } -> UpdateResult
}

impl Prepares for SetPassword {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        true
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let mut changes = Changes::default();
        changes.set_password("newPassword", &self.new_password.unwrap_or_default(), bench.rules());
        if let Some(require) = self.require_change {
            changes.set_untagged("ForcePasswordChange", &require.to_string(), bench.rules());
        }
        prepare(Ask::administrator(self.user_id, changes), bench)
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        apply(prepared, context, tx).map(UpdateResult::from)
    }
}
