//! What EnableUser and DisableUser share.

use super::records::UpdateResult;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::Context;
use crate::operations::people::{Ask, change};
use crate::store::Write;

/// Lets a person log in, or keeps it from that.
pub fn set_enabled(user: i32, enabled: bool, context: &Context<'_>, tx: &mut dyn Write) -> Result<UpdateResult, Error> {
    let mut changes = Changes::default();
    changes.set_untagged("Enabled", &enabled.to_string(), &context.server.rules);
    change(&Ask::administrator(user, changes), None, context, tx).map(UpdateResult::from)
}
