//! DescribeTimeLogCategory.

use super::lookup::{category, description};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Changes what a time-log category is described by.
    writes DescribeTimeLogCategory by Administrator {
        /// The time-log category.
        category_id as "categoryId": i32,
        /// What it is for; empty takes the description away.
        description: Option<String>,
    } -> ChangeResult
}

impl Writes for DescribeTimeLogCategory {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let description = description(self.description.as_deref())?;
        let found = category(tx, self.category_id)?;
        tx.set_description(found.id, &description)?;
        Ok(ChangeResult::default())
    }
}
