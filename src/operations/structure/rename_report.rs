//! RenameReport.

use super::lookup::{name, refuse_taken, report};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Gives a report another name.
    writes RenameReport by Administrator {
        /// The report.
        report_id as "reportId": Option<String>,
        /// The new name, unique without regard to case.
        name: Option<String>,
    } -> ChangeResult
}

impl Writes for RenameReport {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let name = name(self.name.as_deref())?;
        let found = report(tx, self.report_id.as_deref())?;
        refuse_taken(&name, tx.reports()?.iter().filter(|other| other.id != found.id).map(|other| other.name.as_str()))?;
        tx.rename(&Item::Report(found.id.clone()), &name)?;
        Ok(ChangeResult::default())
    }
}
