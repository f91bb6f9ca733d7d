//! EnableUser.

use super::enabled::set_enabled;
use super::records::UpdateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Lets a person log in and call again; one who can stays so.
    writes EnableUser by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> UpdateResult
}

impl Writes for EnableUser {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        set_enabled(self.user_id, true, context, tx)
    }
}
