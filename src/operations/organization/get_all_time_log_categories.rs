//! GetAllTimeLogCategories.

use super::results::{TimeLogCategoryInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the categories under which time is logged.
    reads GetAllTimeLogCategories by Employee {} -> TimeLogCategoryInfoArrayResult
}

impl Reads for GetAllTimeLogCategories {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<TimeLogCategoryInfoArrayResult, Error> {
        Ok(TimeLogCategoryInfoArrayResult {
            time_log_categories: list(read.time_log_categories()?),
            ..TimeLogCategoryInfoArrayResult::default()
        })
    }
}
