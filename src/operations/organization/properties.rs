//! What the two operations that read property strings share.

use super::results::SettingsRequestResult;
use crate::domain::property;
use crate::domain::user::User;
use crate::operations::Context;

/// `Key=Value` of each asked key, in the order asked, with the key spelled as asked.
pub fn answer(context: &Context<'_>, user: &User, asked: Option<&[String]>) -> SettingsRequestResult {
    let read = |key: &String| format!("{key}={}", property::read(user, key, context.caller, &context.server.rules));
    SettingsRequestResult {
        request_results: Some(asked.unwrap_or_default().iter().map(read).collect()),
        ..SettingsRequestResult::default()
    }
}
