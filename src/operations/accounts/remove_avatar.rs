//! RemoveAvatar.

use super::records::UpdateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::people::{Ask, change};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Takes a person's picture away; one who has none stays so. If the provider of the avatar was Upload, there is none any more.
    writes RemoveAvatar by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> UpdateResult
}

impl Writes for RemoveAvatar {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
        let mut changes = Changes::default();
        changes.reset("Avatar", &context.server.rules);
        change(&Ask::administrator(self.user_id, changes), None, context, tx).map(UpdateResult::from)
    }
}
