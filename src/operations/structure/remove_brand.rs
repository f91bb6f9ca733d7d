//! RemoveBrand.

use super::lookup::{brand, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a brand; one that is in use is refused with what uses it, unless told to cascade.
    writes RemoveBrand by Administrator {
        /// The brand.
        brand_id as "brandId": i32,
        /// Whether to remove what uses it as well; otherwise that refuses the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveBrand {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = brand(tx, self.brand_id)?;
        remove(tx, &Item::Brand(found.id), "brandId", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
