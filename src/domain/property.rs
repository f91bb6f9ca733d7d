//! Settings as `key=value` strings: read one by one, written all or nothing (section 10 of `svcOrganization.md`, R26, R27).

use super::Error;
use super::caller::Caller;
use super::ids::UserId;
use super::name::Name;
use super::password;
use super::role;
use super::rules::Rules;
use super::setting::{self, Audience, Change, Kind, Place, Row, Setting};
use super::structure::Languages;
use super::user::{AuthenticationMethod, User};
use super::value;
use secrecy::SecretString;

/// The address of the avatar of people who have none.
pub const DEFAULT_AVATAR: &str = "/avatars/default.png";

/// The value of the property `key` of `user` as `reader` may see it; empty for an unknown key.
pub fn read(user: &User, key: &str, reader: &Caller, rules: &Rules) -> String {
    if key.trim().eq_ignore_ascii_case(setting::USER_ID) {
        return user.id.to_string();
    }
    match setting::named(key) {
        Some(setting) if setting.kind == Kind::Money && !reader.is_administrator() => String::new(),
        Some(setting) if applies(setting, user) => value_of(user, setting, rules),
        _ => String::new(),
    }
}

fn value_of(user: &User, setting: &Setting, rules: &Rules) -> String {
    match (setting.place, setting.key) {
        (Place::Row(row), _) => row_value(user, row),
        (Place::Derived, "AvatarUrl") => DEFAULT_AVATAR.to_owned(),
        (Place::Derived, "Roles") => user.roles().iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join(";"),
        (Place::Derived, _) => String::new(),
        (Place::Stored, "PhoneNumbers") if !user.is_employee() => {
            user.stored(setting).and_then(|numbers| numbers.split(';').next()).unwrap_or_default().to_owned()
        }
        (Place::Stored, _) => user.stored(setting).unwrap_or_else(|| default_of(setting, rules)).to_owned(),
    }
}

fn row_value(user: &User, row: Row) -> String {
    let time = |instant: Option<super::time::Instant>| instant.map(|at| at.to_string()).unwrap_or_default();
    match row {
        Row::Username => user.username.as_str().to_owned(),
        Row::AuthenticationMethod => user.authentication.name().to_owned(),
        Row::AuthenticationDomain => user.authentication_domain.clone(),
        Row::Password => String::new(),
        Row::ForcePasswordChange => user.force_password_change.to_string(),
        Row::EmailAddress => user.email.clone(),
        Row::Enabled => user.enabled.to_string(),
        Row::ExternalId => user.external_id.clone(),
        Row::IsEmailVerified => user.email_verified.to_string(),
        Row::DisplayName => user.display_name.clone(),
        Row::LastLogin => time(user.last_login),
        Row::CreatedAt => time(Some(user.created_at)),
    }
}

fn default_of<'r>(setting: &Setting, rules: &'r Rules) -> &'r str {
    match (setting.default, setting.kind) {
        (Some(default), _) => default,
        (None, Kind::TimeZone) => &rules.time_zone,
        (None, _) => &rules.language,
    }
}

/// Whether the setting is one of the person's kind.
fn applies(setting: &Setting, user: &User) -> bool {
    match setting.audience {
        Audience::Everybody => true,
        Audience::Employees => user.is_employee(),
        Audience::Agents => user.holds(role::AGENT),
        Audience::EndUsers => !user.is_employee(),
    }
}

/// One change of a setting: its value is well formed, and not yet judged by the rules.
pub struct Assignment {
    setting: &'static Setting,
    /// The key as the caller spelled it, for messages.
    key: String,
    value: Value,
}

enum Value {
    Text(String),
    Name(Name),
    Password(SecretString),
}

/// Changes that were asked for together.
pub struct Assignments(Vec<Assignment>);

impl Assignments {
    /// Reads `Key=Value` items, split at the first `=`; `tags` tells the languages and dictionaries there are. All keys must be known, writable and named once, all values well formed.
    pub fn parse(
        parameter: &'static str,
        items: Vec<String>,
        rules: &Rules,
        tags: &dyn Fn(Languages) -> Result<Vec<String>, Error>,
    ) -> Result<Self, Error> {
        let mut assignments: Vec<Assignment> = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let Some((key, text)) = item.split_once('=') else {
                return Err(Error::invalid(parameter, format!("item {} has no '=': Key=Value is expected.", index + 1)));
            };
            if key.trim().is_empty() {
                return Err(Error::invalid(parameter, format!("item {} has no key before its '='.", index + 1)));
            }
            let assignment = assignment(key.trim(), text, rules, tags)?;
            if assignments.iter().any(|other| other.setting.key == assignment.setting.key) {
                return Err(Error::invalid(key.trim(), "is set twice in one call."));
            }
            assignments.push(assignment);
        }
        Ok(Assignments(assignments))
    }

    /// The new password, if there is one among the changes; its hash is handed to [`apply`](Self::apply).
    pub fn password(&self) -> Option<&SecretString> {
        self.0.iter().find_map(|assignment| match &assignment.value {
            Value::Password(password) => Some(password),
            _ => None,
        })
    }

    /// The new user name, if there is one among the changes, with its key as it was spelled.
    pub fn username(&self) -> Option<(&str, &Name)> {
        self.0.iter().find_map(|assignment| match &assignment.value {
            Value::Name(name) => Some((assignment.key.as_str(), name)),
            _ => None,
        })
    }

    /// The text given for a setting, with its key as it was spelled.
    pub fn text(&self, key: &str) -> Option<(&str, &str)> {
        self.0.iter().find_map(|assignment| match &assignment.value {
            Value::Text(text) if assignment.setting.key == key => Some((assignment.key.as_str(), text.as_str())),
            _ => None,
        })
    }

    /// Makes the changes on `user` and judges the rules on what it then is; after an error `user` is to be thrown away.
    pub fn apply(&self, user: &mut User, hash: Option<password::PasswordHash>, rules: &Rules) -> Result<(), Error> {
        if user.id == UserId::QUEUE && !self.0.is_empty() {
            return Err(Error::QueueUser { parameter: "userId" });
        }
        for assignment in &self.0 {
            if !applies(assignment.setting, user) {
                return Err(Error::WrongAudience { key: assignment.key.clone(), audience: assignment.setting.audience });
            }
            set(user, assignment, rules);
        }
        if let Some(hash) = hash {
            user.password = Some(hash);
        }
        self.follow(user);
        self.judge(user)
    }

    /// What changes along with a change, unless the call says otherwise.
    fn follow(&self, user: &mut User) {
        if user.display_name.trim().is_empty() {
            user.display_name = user.username.as_str().to_owned();
        }
        if let Some((_, address)) = self.text("CopyToAddress")
            && self.text("CopyToEnabled").is_none()
        {
            let enabled = (!address.is_empty()).to_string();
            store(user, "CopyToEnabled", &enabled, "false");
        }
        if user.authentication != AuthenticationMethod::ActiveDirectory && self.text("AuthenticationDomain").is_none() {
            user.authentication_domain.clear();
        }
    }

    fn judge(&self, user: &User) -> Result<(), Error> {
        let rule = |key: &str, rule| Error::Rule { key: self.spelled(key), rule };
        if user.authentication != AuthenticationMethod::ActiveDirectory && !user.authentication_domain.is_empty() {
            return Err(rule("AuthenticationDomain", "needs AuthenticationMethod=ActiveDirectory."));
        }
        if self.password().is_some() && user.authentication != AuthenticationMethod::Password {
            return Err(rule("Password", "needs AuthenticationMethod=Password."));
        }
        let switches = self.text("AuthenticationMethod").is_some();
        if switches && user.authentication == AuthenticationMethod::Password && user.password.is_none() {
            return Err(rule("AuthenticationMethod", "needs a Password in the same call, since none is kept."));
        }
        let is_set = |key| user.settings.get(key).is_some_and(|value: &String| !value.is_empty());
        if is_set("CopyToEnabled") && !is_set("CopyToAddress") {
            return Err(rule("CopyToEnabled", "needs a CopyToAddress."));
        }
        let several = self.text("PhoneNumbers").is_some_and(|(_, numbers)| numbers.contains(';'));
        if several && !user.is_employee() {
            return Err(rule("PhoneNumbers", "an end user has one telephone number."));
        }
        Ok(())
    }

    /// The key as the caller spelled it.
    fn spelled(&self, key: &str) -> String {
        self.0.iter().find(|assignment| assignment.setting.key == key).map_or(key, |found| &found.key).to_owned()
    }
}

fn assignment(
    key: &str,
    text: &str,
    rules: &Rules,
    tags: &dyn Fn(Languages) -> Result<Vec<String>, Error>,
) -> Result<Assignment, Error> {
    let invalid = |problem: String| Error::invalid(key, problem);
    if key.eq_ignore_ascii_case(setting::USER_ID) {
        return Err(invalid("cannot be set: it is read only.".to_owned()));
    }
    let Some(setting) = setting::named(key) else {
        return Err(invalid("cannot be set: there is no such property.".to_owned()));
    };
    if setting.change == Change::Never {
        return Err(invalid("cannot be set: it is read only.".to_owned()));
    }
    let value = match setting.kind {
        Kind::Elsewhere => return Err(invalid(format!("cannot be set here. {}", setting.doc))),
        Kind::Name => Value::Name(Name::new(text).map_err(invalid)?),
        Kind::Secret => {
            let secret = SecretString::from(text);
            password::check_new(&secret, rules.password_min_length).map_err(invalid)?;
            Value::Password(secret)
        }
        Kind::Email if setting.place == Place::Row(Row::EmailAddress) => Value::Text(check_email(key, text, rules)?),
        _ => {
            let tags = match setting.kind {
                Kind::Language => tags(Languages::Supported)?,
                Kind::Dictionary => tags(Languages::Dictionaries)?,
                _ => Vec::new(),
            };
            Value::Text(value::canonical(setting, text, &tags).map_err(invalid)?)
        }
    };
    Ok(Assignment { setting, key: key.to_owned(), value })
}

/// A person's own e-mail address: required unless the rules say otherwise (R13).
pub fn check_email(parameter: &str, text: &str, rules: &Rules) -> Result<String, Error> {
    match text.trim() {
        "" if rules.require_email => Err(Error::invalid(parameter, "is required.")),
        "" => Ok(String::new()),
        address => value::email(address).map_err(|problem| Error::invalid(parameter, problem)),
    }
}

fn set(user: &mut User, assignment: &Assignment, rules: &Rules) {
    let text = match &assignment.value {
        Value::Text(text) => text,
        Value::Name(name) => {
            user.username = name.clone();
            return;
        }
        Value::Password(_) => return,
    };
    let flag = text == "true";
    match assignment.setting.place {
        Place::Row(Row::AuthenticationMethod) => {
            user.authentication = AuthenticationMethod::named(text).unwrap_or(user.authentication);
        }
        Place::Row(Row::AuthenticationDomain) => user.authentication_domain.clone_from(text),
        Place::Row(Row::ForcePasswordChange) => user.force_password_change = flag,
        Place::Row(Row::EmailAddress) => user.email.clone_from(text),
        Place::Row(Row::Enabled) => user.enabled = flag,
        Place::Row(Row::ExternalId) => text.trim().clone_into(&mut user.external_id),
        Place::Row(Row::IsEmailVerified) => user.email_verified = flag,
        Place::Row(Row::DisplayName) => user.display_name.clone_from(text),
        Place::Row(Row::Username | Row::Password | Row::LastLogin | Row::CreatedAt) | Place::Derived => {}
        Place::Stored => store(user, assignment.setting.key, text, default_of(assignment.setting, rules)),
    }
}

/// Keeps a setting only where it differs from its default; one whose default is configured is kept as it was given.
fn store(user: &mut User, key: &'static str, text: &str, default: &str) {
    let configured = setting::named(key).is_some_and(|setting| setting.default.is_none());
    if text == default && !configured {
        user.settings.remove(key);
    } else {
        user.settings.insert(key, text.to_owned());
    }
}
