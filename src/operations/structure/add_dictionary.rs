//! AddDictionary.

use super::lookup::{name, new_tag};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Languages;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Adds a spell-check dictionary.
    writes AddDictionary by Administrator {
        /// Its tag, for instance pt-BR.
        tag: Option<String>,
        /// Its name in itself.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for AddDictionary {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let tag = new_tag(tx, Languages::Dictionaries, self.tag.as_deref())?;
        tx.insert_language(Languages::Dictionaries, &tag, name.as_str())?;
        Ok(ChangeResult::default())
    }
}
