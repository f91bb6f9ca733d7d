//! GetUsersProperties.

use super::properties;
use super::results::{SettingsRequestResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Reads properties of a user as Key=Value, in the order asked; an unknown key is answered as Key= with nothing behind it.
    reads GetUsersProperties by Anybody {
        /// The user; end users may ask only about themselves.
        user_id as "userId": i32,
        /// Keys, without regard to case.
        requested_values as "requestedValues": Option<Vec<String>>,
    } -> SettingsRequestResult
}

impl Reads for GetUsersProperties {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<SettingsRequestResult, Error> {
        context.caller.may_read(Some(UserId(self.user_id)))?;
        let user = user(read, "userId", self.user_id)?;
        Ok(properties::answer(context, &user, self.requested_values.as_deref()))
    }
}
