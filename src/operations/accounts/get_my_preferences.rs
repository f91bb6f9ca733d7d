//! GetMyPreferences.

use super::asked::Shown;
use super::conversions::user_record;
use super::records::PreferencesResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::change::By;
use crate::operations::people::user;
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Answers the caller itself and the settings that it may change.
    reads GetMyPreferences by Anybody {} -> PreferencesResult
}

impl Reads for GetMyPreferences {
    fn answer(&self, context: &Context<'_>, read: &dyn Read) -> Result<PreferencesResult, Error> {
        let rules = &context.server.rules;
        let user = user(read, "authUserName", context.caller.id.0)?;
        let shown = Shown { user: &user, caller: context.caller, by: By::Person, rules };
        let preferences = Some(shown.employee_settings(read)?);
        Ok(PreferencesResult { user: Some(user_record(&user, rules)), preferences, ..PreferencesResult::default() })
    }
}
