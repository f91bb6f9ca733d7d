//! ChangePassword.

use super::records::DoneResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::people::{Ask, Prepared, apply, prepare};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;
use secrecy::SecretString;

operation! {
    /// Changes the caller's own password. Whoever had to change it need not any more.
    writes ChangePassword by Anybody {
        /// The password as it is.
        old_password as "oldPassword": Option<SecretString>,
        /// The password as it is to be; the policy's rules are those of docs/configuration.md.
        new_password as "newPassword": Option<SecretString>,
    } -> DoneResult
}

impl Prepares for ChangePassword {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        true
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let caller = bench.caller();
        let hash = bench.view(|read| read.credential(caller))?.and_then(|credential| credential.hash);
        let mut changes = Changes::default();
        if !bench.verify(&self.old_password.unwrap_or_default(), hash.as_ref())? {
            changes.object(Error::invalid("oldPassword", "is not the password."));
        }
        changes.set_password("newPassword", &self.new_password.unwrap_or_default(), bench.rules());
        changes.set_untagged("ForcePasswordChange", "false", bench.rules());
        prepare(Ask::administrator(caller.0, changes), bench)
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<DoneResult, Error> {
        apply(prepared, context, tx)?;
        Ok(DoneResult::default())
    }
}
