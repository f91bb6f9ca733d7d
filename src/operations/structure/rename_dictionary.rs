//! RenameDictionary.

use super::lookup::{language, name};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::{Item, Languages};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a spell-check dictionary another name.
    writes RenameDictionary by Administrator {
        /// Its tag, for instance pt-BR.
        tag: Option<String>,
        /// The new name.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameDictionary {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = language(tx, Languages::Dictionaries, self.tag.as_deref())?;
        tx.rename(&Item::Language(Languages::Dictionaries, found.tag), &name)?;
        Ok(ChangeResult::default())
    }
}
