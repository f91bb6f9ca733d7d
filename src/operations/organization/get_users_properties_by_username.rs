//! GetUsersPropertiesbyUsername.

use super::properties;
use super::results::{SettingsRequestResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::name;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Reads properties of the user with this name as Key=Value, in the order asked.
    reads GetUsersPropertiesbyUsername by Anybody {
        /// The user's name, without regard to case; end users may ask only about themselves.
        username: Option<String>,
        /// Keys, without regard to case.
        requested_values as "requestedValues": Option<Vec<String>>,
    } -> SettingsRequestResult
}

impl Reads for GetUsersPropertiesbyUsername {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<SettingsRequestResult, Error> {
        let id = read.user_id_by_name(&name::key(self.username.as_deref().unwrap_or_default()))?;
        context.caller.may_read(id)?;
        let user = user(read, "username", id.map_or(0, |id| id.0))?;
        Ok(properties::answer(context, &user, self.requested_values.as_deref()))
    }
}
