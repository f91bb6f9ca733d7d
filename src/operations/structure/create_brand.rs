//! CreateBrand.

use super::lookup::{name, refuse_taken};
use super::records::CreateResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::BrandId;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Creates a brand and answers its id.
    writes CreateBrand by Administrator {
        /// The name, unique without regard to case.
        name: Option<String>,
    } -> CreateResult
}

impl Writes for CreateBrand {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<CreateResult, Error> {
        let name = name(self.name.as_deref())?;
        refuse_taken(&name, tx.brands()?.iter().map(|other| other.name.as_str()))?;
        let BrandId(id) = tx.insert_brand(&name)?;
        Ok(CreateResult { id, ..CreateResult::default() })
    }
}
