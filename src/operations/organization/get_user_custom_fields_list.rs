//! GetUserCustomFieldsList.

use super::custom_fields::CustomFieldsOf;
use super::results::SettingsRequestResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Reads all custom fields of a user as Field=Value, by display name; where nothing was set it is the default.
    reads GetUserCustomFieldsList by Employee {
        /// The user.
        user_id as "userId": i32,
    } -> SettingsRequestResult
}

impl Reads for GetUserCustomFieldsList {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<SettingsRequestResult, Error> {
        let request_results = Some(CustomFieldsOf::user(read, self.user_id)?.list());
        Ok(SettingsRequestResult { request_results, ..SettingsRequestResult::default() })
    }
}
