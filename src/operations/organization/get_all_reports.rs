//! GetAllReports.

use super::results::{ReportInfoResultArray, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the reports; their ids are the permissions of the area Report.
    reads GetAllReports by Employee {} -> ReportInfoResultArray
}

impl Reads for GetAllReports {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ReportInfoResultArray, Error> {
        Ok(ReportInfoResultArray { reports: list(read.reports()?), ..ReportInfoResultArray::default() })
    }
}
