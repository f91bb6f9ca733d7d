//! RenameTimeLogCategory.

use super::lookup::{category, name, refuse_taken};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a time-log category another name.
    writes RenameTimeLogCategory by Administrator {
        /// The time-log category.
        category_id as "categoryId": i32,
        /// The new name, unique without regard to case.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameTimeLogCategory {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = category(tx, self.category_id)?;
        refuse_taken(
            &name,
            tx.time_log_categories()?.iter().filter(|other| other.id != found.id).map(|other| other.name.as_str()),
        )?;
        tx.rename(&Item::TimeLogCategory(found.id), &name)?;
        Ok(ChangeResult::default())
    }
}
