//! GetAllCustomFields.

use super::results::{CustomFieldInfoArrayResult, list};
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the definitions of the custom fields.
    reads GetAllCustomFields by Employee {} -> CustomFieldInfoArrayResult
}

impl Reads for GetAllCustomFields {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<CustomFieldInfoArrayResult, Error> {
        Ok(CustomFieldInfoArrayResult { custom_fields: list(read.custom_fields()?), ..CustomFieldInfoArrayResult::default() })
    }
}
