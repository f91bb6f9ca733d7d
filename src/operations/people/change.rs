//! A change of somebody's settings: all that is wrong is told at once, and nothing is changed unless nothing is.

use super::keep_an_administrator;
use crate::domain::Error;
use crate::domain::change::{By, Changes};
use crate::domain::custom_field::{self, Given, Values};
use crate::domain::ids::{CustomFieldId, UserId};
use crate::domain::password::PasswordHash;
use crate::domain::property;
use crate::domain::role;
use crate::domain::rules::Rules;
use crate::domain::structure::Languages;
use crate::domain::user::User;
use crate::operations::{Bench, Context};
use crate::store::{Read, Write};
use std::sync::Arc;

/// What is asked of a person.
pub struct Ask {
    /// The parameter that names the person, for messages.
    pub parameter: &'static str,
    /// Who is to be changed.
    pub user: i32,
    /// In whose right.
    pub by: By,
    /// The settings.
    pub changes: Changes,
    /// Values of custom fields, by name.
    pub custom: Vec<Given>,
    /// The version that the caller saw, if it wants no other to be changed.
    pub expected_version: Option<i32>,
}

impl Ask {
    /// A change of settings in an administrator's right.
    pub fn administrator(user: i32, changes: Changes) -> Self {
        let by = By::Administrator;
        Ask { parameter: "userId", user, by, changes, custom: Vec::new(), expected_version: None }
    }

    fn asked(&self) -> Asked<'_> {
        let Ask { parameter, user, by, changes, custom, expected_version } = self;
        Asked { parameter, user: *user, by: *by, changes, custom, expected_version: *expected_version }
    }
}

/// What is asked of a person, by whoever keeps it.
pub struct Asked<'a> {
    /// The parameter that names the person, for messages.
    pub parameter: &'static str,
    /// Who is to be changed.
    pub user: i32,
    /// In whose right.
    pub by: By,
    /// The settings.
    pub changes: &'a Changes,
    /// Values of custom fields, by name.
    pub custom: &'a [Given],
    /// The version that the caller saw, if it wants no other to be changed.
    pub expected_version: Option<i32>,
}

/// What is asked, with the hash of a new password.
pub struct Prepared {
    ask: Ask,
    hash: Option<PasswordHash>,
}

/// What came of a change.
pub struct Changed {
    /// The keys of the settings that are different now.
    pub fields: Vec<&'static str>,
    /// The person's version now.
    pub version: i32,
}

/// The tags of one of the lists of languages, for the reading of changes.
pub fn languages(bench: &Bench<'_>, which: Languages) -> Result<Vec<String>, Error> {
    bench.view(|read| tags(read, which))
}

fn tags(read: &dyn Read, which: Languages) -> Result<Vec<String>, Error> {
    Ok(read.languages(which)?.into_iter().map(|language| language.tag).collect())
}

/// Hashes a new password, unless the change would be refused anyway.
pub fn prepare(ask: Ask, bench: &mut Bench<'_>) -> Result<Prepared, Error> {
    let Some(password) = ask.changes.password() else { return Ok(Prepared { ask, hash: None }) };
    let rules = bench.rules();
    bench.view(|read| examine(&ask.asked(), None, rules, read).map(drop))?;
    let hash = Some(bench.hash(password)?);
    Ok(Prepared { ask, hash })
}

/// Makes a prepared change.
pub fn apply(prepared: &Prepared, context: &Context<'_>, tx: &mut dyn Write) -> Result<Changed, Error> {
    change(&prepared.ask, prepared.hash.as_ref(), context, tx)
}

/// Makes a change.
pub fn change(ask: &Ask, hash: Option<&PasswordHash>, context: &Context<'_>, tx: &mut dyn Write) -> Result<Changed, Error> {
    make(&ask.asked(), hash, context, tx)
}

/// Makes a change that somebody else keeps.
pub fn make(ask: &Asked<'_>, hash: Option<&PasswordHash>, context: &Context<'_>, tx: &mut dyn Write) -> Result<Changed, Error> {
    let Examined { before, after, custom } = examine(ask, hash, &context.server.rules, tx)?;
    let mut fields = property::differences(&before, &after);
    // The picture has a method of its own, which tells the feed of it.
    tx.update_user(&before, &User { avatar: before.avatar.clone(), ..after.clone() })?;
    put_picture(before.id, ask.changes, context, tx)?;
    if put_custom(before.id, &custom, tx)? {
        fields.push("CustomFields");
    }
    if before.holds(role::ADMINISTRATOR) && before.may_log_in() && !after.may_log_in() {
        keep_an_administrator(tx)?;
    }
    let version = match fields.is_empty() {
        true => before.version,
        false => tx.user(before.id)?.map_or(before.version, |user| user.version),
    };
    Ok(Changed { fields, version })
}

/// Keeps a new picture, or takes the old one away.
pub(super) fn put_picture(user: UserId, changes: &Changes, context: &Context<'_>, tx: &mut dyn Write) -> Result<(), Error> {
    match changes.picture() {
        Some(Some(picture)) => tx.put_avatar(user, picture, context.now),
        Some(None) => tx.delete_avatar(user),
        None => Ok(()),
    }
}

/// Sets values of custom fields, and answers whether one of them is another now.
pub(super) fn put_custom(user: UserId, custom: &[(CustomFieldId, String)], tx: &mut dyn Write) -> Result<bool, Error> {
    if custom.is_empty() {
        return Ok(false);
    }
    let before = tx.custom_values(user)?;
    for (field, value) in custom {
        tx.put_custom_value(user, *field, value)?;
    }
    Ok(tx.custom_values(user)? != before)
}

struct Examined {
    before: Arc<User>,
    after: User,
    custom: Vec<(CustomFieldId, String)>,
}

/// What the person would be, unless something is wrong.
fn examine(ask: &Asked<'_>, hash: Option<&PasswordHash>, rules: &Rules, read: &dyn Read) -> Result<Examined, Error> {
    let Some(before) = read.user(UserId(ask.user))? else {
        let mut problems = ask.changes.problems().to_vec();
        problems.extend(custom_field::check(ask.custom, &read.custom_fields()?, None, &Values::new()).1);
        problems.push(Error::NotFound { parameter: ask.parameter, what: "user" });
        return Err(Error::together(problems));
    };
    let mut after = User::clone(&before);
    let mut problems = ask.changes.apply(&mut after, ask.by, hash, rules);
    problems.extend(taken(ask.changes, Some(before.id), rules, read)?);
    problems.extend(removed_languages(ask.changes, read)?);
    let (custom, wrong) = custom_values(ask.custom, &after, read)?;
    problems.extend(wrong);
    if let Some(expected) = ask.expected_version.filter(|expected| *expected != before.version) {
        problems.push(Error::Outdated { expected, found: before.version });
    }
    Error::all(problems)?;
    Ok(Examined { before, after, custom })
}

/// Values of custom fields that are right, and what is wrong with the others.
pub(super) type Checked = (Vec<(CustomFieldId, String)>, Vec<Error>);

/// Values of custom fields that somebody has, checked, and what is wrong with the others.
pub(super) fn custom_values(given: &[Given], user: &User, read: &dyn Read) -> Result<Checked, Error> {
    if given.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    if user.id == UserId::QUEUE {
        return Ok((Vec::new(), vec![Error::QueueUser { parameter: "userId" }]));
    }
    Ok(custom_field::check(given, &read.custom_fields()?, Some(user.is_employee()), &read.custom_values(user.id)?))
}

/// Languages were checked in the preparation, and one may have been removed since.
pub(super) fn removed_languages(changes: &Changes, read: &dyn Read) -> Result<Vec<Error>, Error> {
    let mut problems = Vec::new();
    for (setting, which) in [("PreferredLanguage", Languages::Supported), ("SpellCheckDictionary", Languages::Dictionaries)] {
        if let Some((key, tag)) = changes.text(setting)
            && !tags(read, which)?.iter().any(|known| known == tag)
        {
            problems.push(Error::invalid(key, "was removed from the list just now."));
        }
    }
    Ok(problems)
}

/// What must be unique and is somebody else's.
pub(super) fn taken(changes: &Changes, own: Option<UserId>, rules: &Rules, read: &dyn Read) -> Result<Vec<Error>, Error> {
    let mut problems = Vec::new();
    let mut taken = |key: &str| problems.push(Error::Taken { parameter: key.to_owned() });
    if let Some((key, name)) = changes.username()
        && read.user_id_by_name(name.key())?.is_some_and(|other| Some(other) != own)
    {
        taken(key);
    }
    if let Some((key, external_id)) = changes.text("ExternalId")
        && read.user_id_by_external_id(external_id.trim())?.is_some_and(|other| Some(other) != own)
    {
        taken(key);
    }
    if let Some((key, email)) = changes.text("EmailAddress")
        && rules.unique_email
        && !email.is_empty()
        && read.email_is_used(email, own)?
    {
        taken(key);
    }
    Ok(problems)
}
