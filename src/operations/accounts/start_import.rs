//! StartImport.

use super::importing::Asked;
use super::records_of_imports::{ImportMode, ImportOptions, ImportResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::import::Job;
use crate::operations::people::import;
use crate::operations::{Bench, Context, Prepares};
use crate::store::Write;

operation! {
    /// Begins an import of any number of rows, which AppendImport then takes and FinishImport ends. With the key of one that was begun
    /// before it answers that one, whose Rows tells where to go on.
    writes StartImport by Administrator {
        /// The names of the columns: settings, Roles, Groups, PasswordHash, and custom fields by name; without regard to case, blanks, hyphens or underscores.
        columns: Option<Vec<String>>,
        /// What rows may do; required.
        mode: Option<ImportMode>,
        /// Whether every part is undone again. Rows of one call see each other; of earlier calls only the keys are known.
        rehearse: Option<bool>,
        /// By which the import is known again.
        idempotency_key as "idempotencyKey": Option<String>,
        /// What it is called, for instance the name of a file.
        name: Option<String>,
        /// What tells whether the source is still the same, for instance a hash of the file: a key goes with one.
        fingerprint: Option<String>,
        /// The finer points.
        options: Option<ImportOptions>,
    } -> ImportResult
}

impl Prepares for StartImport {
    type Prepared = Job;

    fn is_slow(&self) -> bool {
        false
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Job, Error> {
        let asked = Asked {
            columns: self.columns,
            mode: self.mode,
            rehearse: self.rehearse.unwrap_or_default(),
            idempotency_key: self.idempotency_key,
            name: self.name,
            fingerprint: self.fingerprint,
            options: self.options,
        };
        bench.view(|read| asked.clone().job(read))
    }

    fn apply(wanted: &Job, context: &Context<'_>, tx: &mut dyn Write) -> Result<ImportResult, Error> {
        import::open(wanted, context, tx).map(|job| ImportResult::from(&job))
    }
}
