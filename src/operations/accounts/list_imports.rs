//! ListImports.

use super::records_of_imports::{Import, ImportsResult};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

/// The most imports of one answer, and how many come when that is not said.
const MOST: i32 = 1000;
const USUAL: i32 = 100;

operation! {
    /// Lists imports, the last begun first.
    reads ListImports by Administrator {
        /// Whether only those that are not ended are listed.
        only_open as "onlyOpen": Option<bool>,
        /// The most imports, 1 to 1000; 100 unless said.
        max: Option<i32>,
    } -> ImportsResult
}

impl Reads for ListImports {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ImportsResult, Error> {
        let most = self.max.unwrap_or(USUAL);
        if !(1..=MOST).contains(&most) {
            return Err(Error::invalid("max", format!("must be from 1 to {MOST}.")));
        }
        let jobs = read.imports(self.only_open.unwrap_or_default(), usize::try_from(most).unwrap_or_default())?;
        Ok(ImportsResult { imports: Some(jobs.iter().map(Import::from).collect()), ..ImportsResult::default() })
    }
}
