//! CancelImport.

use super::records_of_imports::ImportResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::import::{Job, State};
use crate::operations::people::import;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Ends an import that is not to go on. What was done stays, and so does its report; one that is ended already stays as it is.
    writes CancelImport by Administrator {
        /// The import.
        import_id as "importId": i32,
    } -> ImportResult
}

impl Writes for CancelImport {
    fn apply(&self, context: &Context<'_>, tx: &mut dyn Write) -> Result<ImportResult, Error> {
        let mut job = import::job(tx, self.import_id)?;
        if matches!(job.state, State::Open | State::Ending) {
            job = Job { state: State::Cancelled, ended_at: Some(context.now), ..job };
            tx.update_import(&job)?;
        }
        Ok(ImportResult::from(&job))
    }
}
