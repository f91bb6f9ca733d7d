//! ListTimeLogCategories.

use super::lookup::by_position;
use super::records::ListTimeLogCategoriesResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the time-log categories in the order made by hand.
    reads ListTimeLogCategories by Employee {} -> ListTimeLogCategoriesResult
}

impl Reads for ListTimeLogCategories {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ListTimeLogCategoriesResult, Error> {
        let categories = by_position(read.time_log_categories()?, |category| category.position);
        Ok(ListTimeLogCategoriesResult { categories, ..ListTimeLogCategoriesResult::default() })
    }
}
