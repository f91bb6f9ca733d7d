//! ListDictionaries.

use super::lookup::by_position;
use super::records::ListLanguagesResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Languages;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the spell-check dictionaries in the order made by hand.
    reads ListDictionaries by Employee {} -> ListLanguagesResult
}

impl Reads for ListDictionaries {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ListLanguagesResult, Error> {
        let languages = by_position(read.languages(Languages::Dictionaries)?, |language| language.position);
        Ok(ListLanguagesResult { languages, ..ListLanguagesResult::default() })
    }
}
