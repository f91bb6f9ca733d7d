//! RemoveLanguage.

use super::lookup::{language, refuse_default, remove};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::{Item, Languages};
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a supported language.
    writes RemoveLanguage by Administrator {
        /// Its tag, for instance pt-BR.
        tag: Option<String>,
        /// Whether to take it from the people who chose it as well; otherwise they refuse the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveLanguage {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = language(tx, Languages::Supported, self.tag.as_deref())?;
        refuse_default(&found, context)?;
        remove(tx, &Item::Language(Languages::Supported, found.tag), "tag", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
