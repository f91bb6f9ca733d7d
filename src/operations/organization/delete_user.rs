//! DeleteUser.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a user for good, with its roles, settings and memberships. Its id is never given again.
    writes DeleteUser by Administrator {
        /// The user.
        user_id as "userId": i32,
    } -> GenericResult
}

impl Writes for DeleteUser {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        people::remove(tx, "userId", &[self.user_id])?;
        Ok(GenericResult::default())
    }
}
