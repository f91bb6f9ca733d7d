//! GetUserSettings.

use super::asked::shown;
use super::records::UserSettingsResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the settings that end users and employees alike have.
    reads GetUserSettings by Administrator {
        /// The person.
        user_id as "userId": i32,
    } -> UserSettingsResult
}

impl Reads for GetUserSettings {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<UserSettingsResult, Error> {
        let user = user(read, "userId", self.user_id)?;
        let settings = Some(shown(&user, context).user_settings(read)?);
        Ok(UserSettingsResult { user_id: user.id.0, version: user.version, settings, ..UserSettingsResult::default() })
    }
}
