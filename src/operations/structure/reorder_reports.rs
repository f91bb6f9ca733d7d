//! ReorderReports.

use super::lookup::reordered;
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Item;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Puts the reports into another order.
    writes ReorderReports by Administrator {
        /// All of them, in the order in which lists by hand show them.
        report_ids as "reportIds": Option<Vec<String>>,
    } -> ChangeResult
}

impl Writes for ReorderReports {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let present = tx.reports()?.into_iter().map(|found| found.id).collect();
        let asked: Vec<_> = self.report_ids.iter().flatten().map(|id| id.trim().to_ascii_lowercase()).collect();
        let order = reordered("reportIds", Some(&asked), present)?;
        let items: Vec<Item> = order.into_iter().map(Item::Report).collect();
        tx.reorder(&items)?;
        Ok(ChangeResult::default())
    }
}
