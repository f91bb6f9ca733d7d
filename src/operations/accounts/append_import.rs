//! AppendImport.

use super::importing::batch;
use super::records_of_imports::{ImportResult, ImportRow};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::import::{self, PreparedBatch};
use crate::operations::{Bench, Context, Pace, Prepares};
use crate::store::Write;

operation! {
    /// Takes the next rows of an import, up to 1000, and answers what came of each. Rows that were taken before are not taken again: of
    /// these it answers what came of them then, so a call whose answer was lost can be repeated.
    writes AppendImport by Administrator {
        /// The import.
        import_id as "importId": i32,
        /// The number of the first row, from 1; no row may be left out.
        first_row as "firstRow": i32,
        /// The rows.
        rows: Option<Vec<ImportRow>>,
    } -> ImportResult
}

/// Rows of an import that are ready for the writer.
pub struct Prepared {
    import: i32,
    batch: PreparedBatch,
}

impl Prepares for AppendImport {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        true
    }

    fn pace(&self) -> Pace {
        Pace::Long
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let batch = batch(self.first_row, self.rows)?;
        let job = bench.view(|read| import::job(read, self.import_id))?;
        Ok(Prepared { import: self.import_id, batch: import::prepare(&job, &batch, bench)? })
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<ImportResult, Error> {
        import::append(prepared.import, &prepared.batch, context, tx).map(ImportResult::from)
    }
}
