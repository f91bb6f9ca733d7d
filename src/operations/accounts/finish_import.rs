//! FinishImport.

use super::records_of_imports::ImportResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::import::{self, Ending};
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;

operation! {
    /// Ends an import whose rows have all come. At the end of a sync it disables or removes those who are missing, some hundred a call:
    /// call it until State is Finished. If a row failed, nobody is disabled or removed.
    writes FinishImport by Administrator {
        /// The import.
        import_id as "importId": i32,
        /// The most people that may be missing, in per cent of the scope, in place of what StartImport said.
        most_missing as "mostMissing": Option<i32>,
    } -> ImportResult
}

impl Prepares for FinishImport {
    type Prepared = Ending;

    fn is_slow(&self) -> bool {
        true
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Ending, Error> {
        let most = match self.most_missing.map(u8::try_from) {
            None => None,
            Some(Ok(share @ 0..=100)) => Some(share),
            Some(_) => return Err(Error::invalid("mostMissing", "must be from 0 to 100 per cent.")),
        };
        import::prepare_end(self.import_id, most, bench)
    }

    fn apply(ending: &Ending, context: &Context<'_>, tx: &mut dyn Write) -> Result<ImportResult, Error> {
        import::end(ending, context, tx).map(|job| ImportResult::from(&job))
    }
}
