//! RemoveTimeLogCategory.

use super::lookup::{category, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a time-log category; one that is in use is refused with what uses it, unless told to cascade.
    writes RemoveTimeLogCategory by Administrator {
        /// The time-log category.
        category_id as "categoryId": i32,
        /// Whether to remove what uses it as well; otherwise that refuses the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveTimeLogCategory {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = category(tx, self.category_id)?;
        remove(tx, &Item::TimeLogCategory(found.id), "categoryId", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
