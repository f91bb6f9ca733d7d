//! GetImport.

use super::records_of_imports::{ImportResult, ImportRowResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::import;
use crate::operations::{Context, Reads};
use crate::store::Read;

/// The most results of one answer, and how many come when that is not said.
const MOST: i32 = 1000;

operation! {
    /// Answers an import and its report, whenever it was: what came of its rows, in their order.
    reads GetImport by Administrator {
        /// The import.
        import_id as "importId": i32,
        /// Only rows after this number; 0 for all.
        after_row as "afterRow": Option<i32>,
        /// The most results, 0 to 1000; 1000 unless said.
        max: Option<i32>,
    } -> ImportResult
}

impl Reads for GetImport {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ImportResult, Error> {
        let most = self.max.unwrap_or(MOST);
        let Some(size) = usize::try_from(most).ok().filter(|_| most <= MOST) else {
            return Err(Error::invalid("max", format!("must be from 0 to {MOST}.")));
        };
        let job = import::job(read, self.import_id)?;
        let after = self.after_row.unwrap_or_default();
        let mut results = read.import_results(job.id, after, size + 1)?;
        let has_more = results.len() > size;
        results.truncate(size);
        let results = Some(results.into_iter().map(ImportRowResult::from).collect());
        Ok(ImportResult { results, has_more, ..ImportResult::from(&job) })
    }
}
