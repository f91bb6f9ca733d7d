//! CreateReport.

use super::lookup::{name, refuse_taken, report_id};
use super::records::CreateReportResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Makes a report known, so that roles can be allowed to see it, and answers its id.
    writes CreateReport by Administrator {
        /// The name, unique without regard to case.
        name: Option<String>,
        /// Its id, a GUID; one is made when it is left out.
        report_id as "reportId": Option<String>,
    } -> CreateReportResult
}

impl Writes for CreateReport {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateReportResult, Error> {
        let name = name(self.name.as_deref())?;
        let id = report_id(self.report_id.as_deref())?;
        let reports = tx.reports()?;
        if reports.iter().any(|other| other.id == id) {
            return Err(Error::Taken { parameter: "reportId".to_owned() });
        }
        refuse_taken(&name, reports.iter().map(|other| other.name.as_str()))?;
        tx.insert_report(&id, &name)?;
        Ok(CreateReportResult { report_id: Some(id), ..CreateReportResult::default() })
    }
}
