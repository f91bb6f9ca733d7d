//! What the two operations that make people share.

use super::asked::{SettingsRecord, ask_for};
use crate::domain::Error;
use crate::domain::change::Changes;
use crate::operations::Bench;
use crate::operations::people::Newcomer;
use secrecy::SecretString;

/// The parameters that every newcomer has.
pub struct Basics {
    /// Login name.
    pub username: Option<String>,
    /// First password.
    pub password: Option<SecretString>,
    /// E-mail address.
    pub email_address: Option<String>,
    /// Whether the address counts as verified.
    pub is_email_verified: Option<bool>,
    /// The name that people see.
    pub display_name: Option<String>,
    /// Roles by id.
    pub role_ids: Option<Vec<i16>>,
    /// Roles by name.
    pub role_names: Option<Vec<String>>,
    /// Whether the newcomer has to be an employee.
    pub employee: bool,
}

/// The newcomer of whom these are the parameters. What is required may stand among the parameters or in the settings.
pub fn newcomer(basics: Basics, settings: Option<&impl SettingsRecord>, bench: &Bench<'_>) -> Result<Newcomer, Error> {
    let mut changes = Changes::default();
    let custom = ask_for(&mut changes, settings, &[], bench)?;
    let Basics { username, password, email_address, is_email_verified, display_name, role_ids, role_names, employee } = basics;
    texts(&mut changes, username, email_address, display_name, bench);
    if let Some(verified) = is_email_verified {
        changes.set_untagged("isEmailVerified", &verified.to_string(), bench.rules());
    }
    first_password(&mut changes, password, bench);
    let (role_ids, role_names) = (role_ids.unwrap_or_default(), role_names.unwrap_or_default());
    Ok(Newcomer { changes, custom, role_ids, role_names, employee, ..Newcomer::default() })
}

/// Adds the texts that a newcomer begins with; a user name and an address are asked for even where they are not given.
pub fn texts(
    changes: &mut Changes,
    username: Option<String>,
    email_address: Option<String>,
    display_name: Option<String>,
    bench: &Bench<'_>,
) {
    let required = [("username", username, true), ("emailAddress", email_address, true), ("displayName", display_name, false)];
    for (key, text, required) in required {
        let text = text.filter(|text| !text.is_empty()).or_else(|| (required && !changes.mentions(key)).then(String::new));
        if let Some(text) = text {
            changes.set_untagged(key, &text, bench.rules());
        }
    }
}

/// Adds the first password: whoever logs in by one needs one.
pub fn first_password(changes: &mut Changes, password: Option<SecretString>, bench: &Bench<'_>) {
    use secrecy::ExposeSecret;
    let password = password.filter(|password| !password.expose_secret().is_empty());
    let elsewhere = changes.text("AuthenticationMethod").is_some_and(|(_, method)| method != "Password");
    let missing = !elsewhere && !changes.mentions("Password");
    if let Some(password) = password.or_else(|| missing.then(SecretString::default)) {
        changes.set_password("password", &password, bench.rules());
    }
}
