//! ReorderCustomFields.

use super::lookup::reordered;
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::CustomFieldId;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the custom fields into another order.
    writes ReorderCustomFields by Administrator {
        /// All of them, in the order in which lists by hand show them.
        field_ids as "fieldIds": Option<Vec<i32>>,
    } -> ChangeResult
}

impl Writes for ReorderCustomFields {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let present = tx.custom_fields()?.into_iter().map(|found| found.id.0).collect();
        let order = reordered("fieldIds", self.field_ids.as_deref(), present)?;
        let items: Vec<Item> = order.into_iter().map(|id| Item::CustomField(CustomFieldId(id))).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
