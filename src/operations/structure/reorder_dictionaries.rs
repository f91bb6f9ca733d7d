//! ReorderDictionaries.

use super::lookup::{known_tags, reordered};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::{Item, Languages};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the spell-check dictionaries into another order.
    writes ReorderDictionaries by Administrator {
        /// All of them, in the order in which lists by hand show them.
        tags: Option<Vec<String>>,
    } -> ChangeResult
}

impl Writes for ReorderDictionaries {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let present = tx.languages(Languages::Dictionaries)?.into_iter().map(|found| found.tag).collect();
        let asked = known_tags(tx, Languages::Dictionaries, self.tags.as_deref())?;
        let order = reordered("tags", Some(&asked), present)?;
        let items: Vec<Item> = order.into_iter().map(|tag| Item::Language(Languages::Dictionaries, tag)).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
