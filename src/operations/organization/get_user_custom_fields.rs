//! GetUserCustomFields.

use super::custom_fields::CustomFieldsOf;
use super::results::SettingsRequestResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Reads custom fields of a user as Field=Value, in the order asked; where nothing was set it is the default.
    reads GetUserCustomFields by Employee {
        /// The user.
        user_id as "userId": i32,
        /// Fields by display name or name, without regard to case.
        requested_custom_fields as "requestedCustomFields": Option<Vec<String>>,
    } -> SettingsRequestResult
}

impl Reads for GetUserCustomFields {
    fn answer(&self, _: &Context<'_>, read: &dyn Read) -> Result<SettingsRequestResult, Error> {
        let fields = CustomFieldsOf::user(read, self.user_id)?;
        let asked = self.requested_custom_fields.as_deref().unwrap_or_default();
        let request_results = Some(asked.iter().map(|key| format!("{key}={}", fields.value(key))).collect());
        Ok(SettingsRequestResult { request_results, ..SettingsRequestResult::default() })
    }
}
