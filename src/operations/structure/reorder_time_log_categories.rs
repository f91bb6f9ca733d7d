//! ReorderTimeLogCategories.

use super::lookup::reordered;
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the time-log categories into another order.
    writes ReorderTimeLogCategories by Administrator {
        /// All of them, in the order in which lists by hand show them.
        category_ids as "categoryIds": Option<Vec<i32>>,
    } -> ChangeResult
}

impl Writes for ReorderTimeLogCategories {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let present = tx.time_log_categories()?.into_iter().map(|found| found.id).collect();
        let order = reordered("categoryIds", self.category_ids.as_deref(), present)?;
        let items: Vec<Item> = order.into_iter().map(Item::TimeLogCategory).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
