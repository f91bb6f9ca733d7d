//! RemoveCustomField.

use super::lookup::{custom_field, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a custom field; one that is in use is refused with what uses it, unless told to cascade.
    writes RemoveCustomField by Administrator {
        /// The custom field.
        field_id as "fieldId": i32,
        /// Whether to remove what uses it as well; otherwise that refuses the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveCustomField {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = custom_field(tx, self.field_id)?;
        remove(tx, &Item::CustomField(found.id), "fieldId", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
