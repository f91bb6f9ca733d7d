//! ListCustomFields.

use super::lookup::by_position;
use super::records::ListCustomFieldsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the custom fields with all that defines them, in the order made by hand.
    reads ListCustomFields by Employee {} -> ListCustomFieldsResult
}

impl Reads for ListCustomFields {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<ListCustomFieldsResult, Error> {
        let custom_fields = by_position(read.custom_fields()?, |field| field.position);
        Ok(ListCustomFieldsResult { custom_fields, ..ListCustomFieldsResult::default() })
    }
}
