//! RemoveReport.

use super::lookup::{remove, report};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Removes a report; one that is in use is refused with what uses it, unless told to cascade.
    writes RemoveReport by Administrator {
        /// The report.
        report_id as "reportId": Option<String>,
        /// Whether to remove what uses it as well; otherwise that refuses the removal.
        cascade: bool,
    } -> ChangeResult
}

impl Writes for RemoveReport {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let found = report(tx, self.report_id.as_deref())?;
        remove(tx, &Item::Report(found.id.clone()), "reportId", self.cascade)?;
        Ok(ChangeResult::default())
    }
}
