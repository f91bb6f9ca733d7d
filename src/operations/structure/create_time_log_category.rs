//! CreateTimeLogCategory.

use super::lookup::{description, name, refuse_taken};
use super::records::CreateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a time-log category and answers its id.
    writes CreateTimeLogCategory by Administrator {
        /// The name, unique without regard to case.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
    } -> CreateResult
}

impl Writes for CreateTimeLogCategory {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateResult, Error> {
        let name = name(self.name.as_deref())?;
        let description = description(self.description.as_deref())?;
        refuse_taken(&name, tx.time_log_categories()?.iter().map(|other| other.name.as_str()))?;
        let id = tx.insert_time_log_category(&name, &description)?;
        Ok(CreateResult { id, ..CreateResult::default() })
    }
}
