//! Settings of people as texts by key: read as somebody may see them, and compared (section 10 of `svcOrganization.md`, R26, R27).
//!
//! How they are changed is in `change`.

use super::avatar;
use super::caller::Caller;
use super::role;
use super::rules::Rules;
use super::setting::{self, Audience, Kind, Place, Row, SETTINGS, Setting};
use super::user::User;

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

/// The value of the setting `key` of `user`, whoever asks; empty for an unknown key.
pub fn effective(user: &User, key: &str, rules: &Rules) -> String {
    setting::named(key).map(|setting| value_of(user, setting, rules)).unwrap_or_default()
}

fn value_of(user: &User, setting: &Setting, rules: &Rules) -> String {
    match (setting.place, setting.key) {
        (Place::Row(row), _) => row_value(user, row),
        (Place::Derived, "AvatarUrl") => rules.avatars.address(provider(user), user),
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

/// The text that somebody has who set nothing.
pub(super) fn default_of<'r>(setting: &Setting, rules: &'r Rules) -> &'r str {
    match (setting.default, setting.kind) {
        (Some(default), _) => default,
        (None, Kind::TimeZone) => &rules.time_zone,
        (None, _) => &rules.language,
    }
}

/// Whether the setting is one of the person's kind.
pub fn applies(setting: &Setting, user: &User) -> bool {
    match setting.audience {
        Audience::Everybody => true,
        Audience::Employees => user.is_employee(),
        Audience::Agents => user.holds(role::AGENT),
        Audience::EndUsers => !user.is_employee(),
    }
}

/// The provider of a person's avatar.
fn provider(user: &User) -> &str {
    user.settings.get("AvatarProvider").map_or(avatar::NONE, String::as_str)
}

/// The keys of the settings in which two states of a person differ, in the order of the table.
pub fn differences(before: &User, after: &User) -> Vec<&'static str> {
    let differs = |setting: &&Setting| match setting.place {
        Place::Row(Row::Password) => before.password != after.password,
        Place::Row(Row::LastLogin | Row::CreatedAt) => false,
        Place::Row(row) => row_value(before, row) != row_value(after, row),
        Place::Stored => before.stored(setting) != after.stored(setting),
        Place::Derived => setting.kind == Kind::Picture && before.avatar != after.avatar,
    };
    SETTINGS.iter().filter(differs).map(|setting| setting.key).collect()
}
