//! DisableUser.

use super::enabled::set_enabled;
use super::records::UpdateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Keeps a person from logging in and calling, until it is enabled again.
    writes DisableUser by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> UpdateResult
}

impl Writes for DisableUser {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        set_enabled(self.user_id, false, context, tx)
    }
}
