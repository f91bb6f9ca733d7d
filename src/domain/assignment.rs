//! A single change of a setting: the value that is asked for, well formed, and how it is made on a person.
//!
//! What follows from several changes together, and the rules over them, are in `change`.

use super::Error;
use super::change::By;
use super::name::Name;
use super::picture::Picture;
use super::property::{applies, default_of, effective};
use super::rules::Rules;
use super::setting::{self, Change, Kind, Place, Row, Setting};
use super::user::{AuthenticationMethod, User};
use super::value;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;

/// One change of a setting: its value is well formed, and not yet judged by the rules.
pub struct Assignment {
    /// The setting.
    pub setting: &'static Setting,
    /// The key as the caller spelled it, for messages.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Whether it is passed over where the person does not have such a setting.
    pub only_if_had: bool,
}

/// A value that is asked for.
pub enum Value {
    /// A canonical text.
    Text(String),
    /// Whatever somebody has who set nothing, where the configuration decides that.
    Default,
    /// A login name.
    Name(Name),
    /// A password, within the policy as far as it can be told without the person.
    Password(SecretString),
    /// A picture, or none any more.
    Picture(Option<Picture>),
}

/// Why this person may not have this setting changed in this right.
pub(super) fn refused(assignment: &Assignment, user: &User, by: By) -> Option<Error> {
    let Assignment { setting, key, .. } = assignment;
    if by == By::Person && setting.kind == Kind::Secret {
        return Some(Error::Rule { key: key.clone(), rule: "is changed by ChangePassword, with the old one." });
    }
    if by == By::Person && setting.change != Change::Person {
        return Some(Error::AdministratorsOnly { key: key.clone() });
    }
    (!applies(setting, user)).then(|| Error::WrongAudience { key: key.clone(), audience: setting.audience })
}

/// The setting of this key, if it can be changed at all.
pub(super) fn changeable(key: &str) -> Result<&'static Setting, Error> {
    settable(key, "set", "property")
}

/// The setting of this key, if it can be changed and so be brought back to its default.
pub(super) fn resettable(key: &str) -> Result<&'static Setting, Error> {
    settable(key, "reset", "setting")
}

fn settable(key: &str, done: &str, what: &str) -> Result<&'static Setting, Error> {
    let setting = setting::named(key);
    let problem = match setting.map(|setting| (setting.change, setting.kind, setting.doc)) {
        Some((Change::Never, ..)) => format!("cannot be {done}: it is read only."),
        Some((_, Kind::Elsewhere, doc)) => format!("cannot be {done} here. {doc}"),
        None if key.eq_ignore_ascii_case(setting::USER_ID) => format!("cannot be {done}: it is read only."),
        _ => format!("cannot be {done}: there is no such {what}."),
    };
    match setting {
        Some(found) if found.change != Change::Never && found.kind != Kind::Elsewhere => Ok(found),
        _ => Err(Error::invalid(key, problem)),
    }
}

/// The value of a setting that a text stands for; `tags` are the languages or dictionaries there are.
pub(super) fn value_of(setting: &Setting, key: &str, text: &str, rules: &Rules, tags: &[String]) -> Result<Value, Error> {
    let invalid = |problem: String| Error::invalid(key, problem);
    Ok(match setting.kind {
        Kind::Name => Value::Name(Name::new(text).map_err(invalid)?),
        Kind::Secret => password_of(key, SecretString::from(text), rules)?,
        Kind::Provider => match rules.avatars.named(text.trim()) {
            Some(provider) => Value::Text(provider.to_owned()),
            None => {
                let known = rules.avatars.names().collect::<Vec<_>>().join(", ");
                return Err(invalid(format!("must be one of {known}.")));
            }
        },
        Kind::Picture if text.trim().is_empty() => Value::Picture(None),
        Kind::Picture => {
            let compact: String = text.split_ascii_whitespace().collect();
            let bytes = STANDARD.decode(compact).map_err(|_| invalid("is no base64.".to_owned()))?;
            Value::Picture(Some(Picture::decode(bytes).map_err(invalid)?))
        }
        Kind::Email if setting.place == Place::Row(Row::EmailAddress) => Value::Text(check_email(key, text, rules)?),
        _ => Value::Text(value::canonical(setting, text, tags).map_err(invalid)?),
    })
}

/// A new password, within the policy as far as it can be told without the person.
pub(super) fn password_of(key: &str, password: SecretString, rules: &Rules) -> Result<Value, Error> {
    rules.password.check(&password, None).map_err(|problem| Error::invalid(key, problem))?;
    Ok(Value::Password(password))
}

/// A person's own e-mail address: required unless the rules say otherwise (R13).
pub fn check_email(parameter: &str, text: &str, rules: &Rules) -> Result<String, Error> {
    match text.trim() {
        "" if rules.require_email => Err(Error::invalid(parameter, "is required.")),
        "" => Ok(String::new()),
        address => value::email(address).map_err(|problem| Error::invalid(parameter, problem)),
    }
}

/// Makes a change on a person. Passwords are set by their hash, elsewhere.
pub(super) fn set(user: &mut User, assignment: &Assignment, rules: &Rules) {
    let setting = assignment.setting;
    let text = match &assignment.value {
        Value::Text(text) => text,
        Value::Default => {
            user.settings.remove(setting.key);
            return;
        }
        Value::Name(name) => {
            user.username = name.clone();
            return;
        }
        Value::Picture(picture) => {
            user.avatar = picture.as_ref().map(Picture::name);
            return;
        }
        Value::Password(_) => return,
    };
    let flag = text == "true";
    match setting.place {
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
        // What is read already is left alone: an end user who was an employee has more numbers than the one that shows (R17).
        Place::Stored if effective(user, setting.key, rules) == *text => {}
        Place::Stored => store(user, setting.key, text, default_of(setting, rules)),
    }
}

/// Keeps a setting only where it differs from its default. One whose default is configured is kept as it was chosen, for the
/// configuration may change; but to write what is read already chooses nothing.
pub(super) fn store(user: &mut User, key: &'static str, text: &str, default: &str) {
    let configured = setting::named(key).is_some_and(|setting| setting.default.is_none());
    if text != default || (configured && user.settings.contains_key(key)) {
        user.settings.insert(key, text.to_owned());
    } else {
        user.settings.remove(key);
    }
}
