//! RequirePasswordChange.

use super::records::UpdateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::people::{Ask, change};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Says that a person has to change its password, or need not any more. Authenticate tells it; other calls are not refused.
    writes RequirePasswordChange by Administrator {
        /// The person.
        user_id as "userId": i32,
        /// Whether it has to; true unless said otherwise.
        required: Option<bool>,
    } -> UpdateResult
}

impl Writes for RequirePasswordChange {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        let required = self.required.unwrap_or(true).to_string();
        let mut changes = Changes::default();
        changes.set_untagged("ForcePasswordChange", &required, &context.server.rules);
        change(&Ask::administrator(self.user_id, changes), None, context, tx).map(UpdateResult::from)
    }
}
