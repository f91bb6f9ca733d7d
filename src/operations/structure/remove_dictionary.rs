//! RemoveDictionary.

use super::lookup::{language, refuse_default, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::{Item, Languages};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a spell-check dictionary.
    writes RemoveDictionary by Administrator {
        /// Its tag, for instance pt-BR.
        tag: Option<String>,
        /// Whether to take it from the people who chose it as well; otherwise they refuse the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveDictionary {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = language(tx, Languages::Dictionaries, self.tag.as_deref())?;
        refuse_default(&found, context)?;
        remove(tx, &Item::Language(Languages::Dictionaries, found.tag), "tag", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
