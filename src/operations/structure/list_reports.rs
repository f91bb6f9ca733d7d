//! ListReports.

use super::lookup::by_position;
use super::records::ListReportsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the reports in the order made by hand.
    reads ListReports by Employee {} -> ListReportsResult
}

impl Reads for ListReports {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ListReportsResult, Error> {
        let reports = by_position(read.reports()?, |report| report.position);
        Ok(ListReportsResult { reports, ..ListReportsResult::default() })
    }
}
