//! AddLanguage.

use super::lookup::{name, new_tag};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Languages;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Adds a supported language.
    writes AddLanguage by Administrator {
        /// Its tag, for instance pt-BR.
        tag: Option<String>,
        /// Its name in itself.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for AddLanguage {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let tag = new_tag(tx, Languages::Supported, self.tag.as_deref())?;
        tx.insert_language(Languages::Supported, &tag, name.as_str())?;
        Ok(ChangeResult::default())
    }
}
