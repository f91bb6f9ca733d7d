//! RenameLanguage.

use super::lookup::{language, name};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::{Item, Languages};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a supported language another name.
    writes RenameLanguage by Administrator {
        /// Its tag, for instance pt-BR.
        tag: Option<String>,
        /// The new name.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameLanguage {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = language(tx, Languages::Supported, self.tag.as_deref())?;
        tx.rename(&Item::Language(Languages::Supported, found.tag), &name)?;
        Ok(ChangeResult::default())
    }
}
