//! ImportUsers.

use super::importing::{Asked, batch};
use super::records_of_imports::{ImportMode, ImportOptions, ImportResult, ImportRow};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::import::Job;
use crate::operations::people::import::{self, PreparedBatch};
use crate::operations::{Bench, Context, Pace, Prepares};
use crate::store::Write;

operation! {
    /// Imports up to 1000 people in one call, each row by itself, and answers what came of each. For more, StartImport.
    writes ImportUsers by Administrator {
        /// The names of the columns: settings, Roles, Groups, PasswordHash, and custom fields by name; without regard to case, blanks, hyphens or underscores.
        columns: Option<Vec<String>>,
        /// The rows.
        rows: Option<Vec<ImportRow>>,
        /// What rows may do; required.
        mode: Option<ImportMode>,
        /// Whether all of it is undone again; the answer is that of the import.
        rehearse: Option<bool>,
        /// By which the import is known again: a call that is repeated with the same key answers what came of the first.
        idempotency_key as "idempotencyKey": Option<String>,
        /// Whether nothing is done unless every row can be.
        all_or_nothing as "allOrNothing": Option<bool>,
        /// The finer points.
        options: Option<ImportOptions>,
    } -> ImportResult
}

/// An import that is ready for the writer.
pub struct Prepared {
    job: Job,
    batch: PreparedBatch,
    rehearse: bool,
    all_or_nothing: bool,
}

impl Prepares for ImportUsers {
    type Prepared = Prepared;

    fn is_slow(&self) -> bool {
        true
    }

    fn pace(&self) -> Pace {
        Pace::Long
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
        let (rehearse, all_or_nothing) = (self.rehearse.unwrap_or_default(), self.all_or_nothing.unwrap_or_default());
        let asked = Asked {
            columns: self.columns,
            mode: self.mode,
            // All of it is one part, which is undone as a whole.
            rehearse: false,
            idempotency_key: self.idempotency_key,
            name: None,
            fingerprint: None,
            options: self.options,
        };
        let job = bench.view(|read| asked.clone().job(read))?;
        let known = bench.view(|read| read.import_by_key(&job.idempotency_key))?;
        let rows = if known.is_some() { None } else { self.rows };
        let batch = batch(1, rows)?;
        Ok(Prepared { batch: import::prepare(&job, &batch, bench)?, job, rehearse, all_or_nothing })
    }

    fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<ImportResult, Error> {
        let Prepared { job, batch, rehearse, all_or_nothing } = prepared;
        import::whole(job, batch, (*rehearse, *all_or_nothing), context, tx).map(ImportResult::from)
    }
}
