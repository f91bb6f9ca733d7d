//! SetUserCustomFields.

use super::results::GenericResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::domain::custom_field;
use crate::operations::people::{self, Ask};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Writes custom fields of a user, given as Field=Value: all of them or, if one is refused, none. An empty value takes it away.
    writes SetUserCustomFields by Administrator {
        /// The user.
        user_id as "userId": i32,
        /// Field=Value, split at the first equals sign; fields by display name or name, without regard to case.
        custom_field_values as "customFieldValues": Option<Vec<String>>,
    } -> GenericResult
}

impl Writes for SetUserCustomFields {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        let items = self.custom_field_values.as_deref().unwrap_or_default();
        let custom = custom_field::split("customFieldValues", items)?;
        let ask = Ask { custom, ..Ask::administrator(self.user_id, Changes::default()) };
        people::change(&ask, None, context, tx)?;
        Ok(GenericResult::default())
    }
}
