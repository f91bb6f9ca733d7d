//! RenameBrand.

use super::lookup::{brand, name, refuse_taken};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a brand another name.
    writes RenameBrand by Administrator {
        /// The brand.
        brand_id as "brandId": i32,
        /// The new name, unique without regard to case.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameBrand {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = brand(tx, self.brand_id)?;
        refuse_taken(&name, tx.brands()?.iter().filter(|other| other.id != found.id).map(|other| other.name.as_str()))?;
        tx.rename(&Item::Brand(found.id), &name)?;
        Ok(ChangeResult::default())
    }
}
