//! From typed settings to changes, and from a person to typed settings.

use super::settings::{CustomFieldValue, EmployeeSettings, UserSettings};
use super::wire_settings::{self, Settings, given};
use crate::contract::{Secret, Text, Value};
use crate::domain::caller::Caller;
use crate::domain::change::{By, Changes};
use crate::domain::custom_field::Given;
use crate::domain::property;
use crate::domain::rules::Rules;
use crate::domain::setting::{self, Change, Kind};
use crate::domain::user::User;
use crate::domain::{Error, property::applies};
use crate::operations::people::{Ask, languages};
use crate::operations::{Bench, Context};
use crate::store::Read;
use secrecy::ExposeSecret;

/// A record of settings.
pub trait SettingsRecord: Value {
    /// The new password.
    fn password(&self) -> Option<&Secret>;
    /// The values of custom fields.
    fn custom_fields(&self) -> &[CustomFieldValue];
    /// Whether there is something slow in it: a password to hash, a picture to decode.
    fn is_slow(&self) -> bool;
}

impl SettingsRecord for EmployeeSettings {
    fn password(&self) -> Option<&Secret> {
        self.options.as_ref()?.password.as_ref()
    }
    fn custom_fields(&self) -> &[CustomFieldValue] {
        self.custom_fields.as_deref().unwrap_or_default()
    }
    fn is_slow(&self) -> bool {
        self.options.as_ref().is_some_and(|options| options.password.is_some() || options.avatar.is_some())
    }
}

impl SettingsRecord for UserSettings {
    fn password(&self) -> Option<&Secret> {
        self.password.as_ref()
    }
    fn custom_fields(&self) -> &[CustomFieldValue] {
        self.custom_fields.as_deref().unwrap_or_default()
    }
    fn is_slow(&self) -> bool {
        self.password.is_some() || self.avatar.is_some()
    }
}

/// Whether a call has something slow before it.
pub fn is_slow(record: Option<&impl SettingsRecord>) -> bool {
    record.is_some_and(SettingsRecord::is_slow)
}

/// The key of the passwords in records of settings.
const PASSWORD: &str = "Password";
/// The list of custom fields in records of settings, which is no setting itself.
const CUSTOM_FIELDS: &str = "CustomFields";

/// Adds what a record of settings asks for to `changes`, and answers the values of custom fields.
pub fn ask_for(
    changes: &mut Changes,
    record: Option<&impl SettingsRecord>,
    reset: &[String],
    bench: &Bench<'_>,
) -> Result<Vec<Given>, Error> {
    let tags = |which| languages(bench, which);
    let mut custom = Vec::new();
    for (index, key) in reset.iter().enumerate() {
        match key.trim() {
            "" => changes.object(Error::invalid(format!("reset[{index}]"), "is empty: name a setting.")),
            key => changes.reset(key, bench.rules()),
        }
    }
    let Some(record) = record else { return Ok(custom) };
    for (key, value) in given(record) {
        match value {
            _ if key == CUSTOM_FIELDS => {}
            wire_settings::Given::Text(text) => changes.set(key, &text, bench.rules(), &tags)?,
            // Some generated clients send an empty element for whatever was not set.
            wire_settings::Given::Bytes(bytes) if bytes.is_empty() => {}
            wire_settings::Given::Bytes(bytes) => changes.set_picture(key, bytes),
        }
    }
    if let Some(Secret(password)) = record.password().filter(|Secret(password)| !password.expose_secret().is_empty()) {
        changes.set_password(PASSWORD, password, bench.rules());
    }
    for (index, CustomFieldValue { name, value }) in record.custom_fields().iter().enumerate() {
        let value = value.as_ref().map(|Text(value)| value.clone());
        match name {
            Some(Text(name)) => custom.push((name.clone(), value)),
            None => changes.object(Error::invalid(format!("{CUSTOM_FIELDS}[{index}]"), "has no Name.")),
        }
    }
    Ok(custom)
}

/// What a call asks of a person's settings.
pub fn ask(
    user: i32,
    by: By,
    record: Option<&impl SettingsRecord>,
    reset: Option<&[String]>,
    expected_version: Option<i32>,
    bench: &Bench<'_>,
) -> Result<Ask, Error> {
    let mut changes = Changes::default();
    let custom = ask_for(&mut changes, record, reset.unwrap_or_default(), bench)?;
    Ok(Ask { parameter: "userId", user, by, changes, custom, expected_version })
}

/// Whose settings are shown to whom.
pub struct Shown<'s> {
    /// The person.
    pub user: &'s User,
    /// Who looks.
    pub caller: &'s Caller,
    /// In whose right: a person is shown what it may change itself.
    pub by: By,
    /// The configurable rules.
    pub rules: &'s Rules,
}

impl Shown<'_> {
    /// The text of a setting, unless it does not apply, may not be seen, or is never told.
    fn value(&self, key: &str) -> Option<String> {
        let setting = setting::named(key).filter(|setting| applies(setting, self.user))?;
        let secret = matches!(setting.kind, Kind::Secret | Kind::Picture);
        let cost = setting.kind == Kind::Money && !self.caller.is_administrator();
        let not_its_own = self.by == By::Person && setting.change != Change::Person;
        if secret || cost || not_its_own {
            return None;
        }
        let text = property::read(self.user, key, self.caller, self.rules);
        // An address that is not there is left out, so that what is read can be written.
        (setting.kind != Kind::Email || !text.is_empty()).then_some(text)
    }

    fn custom_fields(&self, read: &dyn Read) -> Result<Vec<CustomFieldValue>, Error> {
        let mut fields = read.custom_fields()?;
        fields.retain(|field| field.applies_to(self.user.is_employee()));
        fields.sort_by(|one, other| one.display_name.key().cmp(other.display_name.key()));
        let held = read.custom_values(self.user.id)?;
        let value = |field: &crate::domain::custom_field::CustomField| {
            let value = held.get(&field.id).unwrap_or(&field.default);
            let name = Some(Text(field.display_name.as_str().to_owned()));
            CustomFieldValue { name, value: Some(Text(value.clone())).filter(|Text(text)| !text.is_empty()) }
        };
        Ok(fields.iter().map(value).collect())
    }

    /// The settings by tab.
    pub fn employee_settings(&self, read: &dyn Read) -> Result<EmployeeSettings, Error> {
        let value = |key: &str| self.value(key);
        let settings = EmployeeSettings::read(&mut Settings::new(&value)).map_err(|error| Error::internal(error.to_string()))?;
        Ok(EmployeeSettings { custom_fields: Some(self.custom_fields(read)?), ..settings })
    }

    /// The settings that end users have as well.
    pub fn user_settings(&self, read: &dyn Read) -> Result<UserSettings, Error> {
        let value = |key: &str| self.value(key);
        let settings = UserSettings::read(&mut Settings::new(&value)).map_err(|error| Error::internal(error.to_string()))?;
        Ok(UserSettings { custom_fields: Some(self.custom_fields(read)?), ..settings })
    }
}

/// A person's settings as an administrator sees them.
pub fn shown<'s>(user: &'s User, context: &'s Context<'_>) -> Shown<'s> {
    Shown { user, caller: context.caller, by: By::Administrator, rules: &context.server.rules }
}
