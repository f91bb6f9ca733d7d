//! ReorderBrands.

use super::lookup::reordered;
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::BrandId;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the brands into another order.
    writes ReorderBrands by Administrator {
        /// All of them, in the order in which lists by hand show them.
        brand_ids as "brandIds": Option<Vec<i32>>,
    } -> ChangeResult
}

impl Writes for ReorderBrands {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let present = tx.brands()?.into_iter().map(|found| found.id.0).collect();
        let order = reordered("brandIds", self.brand_ids.as_deref(), present)?;
        let items: Vec<Item> = order.into_iter().map(|id| Item::Brand(BrandId(id))).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
