//! SetUsersProperties.

use super::results::{GenericResult, user};
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use crate::domain::property::Assignments;
use crate::domain::role;
use crate::domain::rules::Rules;
use crate::domain::setting;
use crate::domain::structure::Languages;
use crate::operations::{Bench, Context, Prepares};
use crate::store::{Read, Write};

operation! {
    /// Writes properties of a user, given as Key=Value: all of them or, if one is refused, none.
    writes SetUsersProperties by Administrator {
        /// The user.
        user_id as "userId": i32,
        /// Key=Value, split at the first equals sign; keys without regard to case.
        user_property_values as "userPropertyValues": Option<Vec<String>>,
    } -> GenericResult
}

/// The changes, well formed, with the hash of a new password.
pub struct Change {
    user: i32,
    assignments: Assignments,
    hash: Option<PasswordHash>,
}

impl Prepares for SetUsersProperties {
    type Prepared = Change;

    /// Slow when a password is among the values, which only then is hashed.
    fn is_slow(&self) -> bool {
        let sets_password = |item: &String| {
            item.split_once('=').and_then(|(key, _)| setting::named(key)).is_some_and(|found| found.key == "Password")
        };
        self.user_property_values.as_deref().unwrap_or_default().iter().any(sets_password)
    }

    fn prepare(self, bench: &mut Bench<'_>) -> Result<Change, Error> {
        let items = self.user_property_values.unwrap_or_default();
        let assignments = Assignments::parse("userPropertyValues", items, bench.rules(), &|which| {
            let languages = bench.view(|read| read.languages(which))?;
            Ok(languages.into_iter().map(|language| language.tag).collect())
        })?;
        let hash = match assignments.password() {
            Some(password) => {
                bench.view(|read| user(read, "userId", self.user_id))?;
                Some(bench.hash(password)?)
            }
            None => None,
        };
        Ok(Change { user: self.user_id, assignments, hash })
    }

    fn apply(change: &Change, context: &Context<'_>, tx: &mut dyn Write) -> Result<GenericResult, Error> {
        let before = user(tx, "userId", change.user)?;
        let rules = &context.server.rules;
        check_languages(&change.assignments, tx)?;
        check_unique(&change.assignments, before.id, rules, tx)?;
        let mut after = before.clone();
        change.assignments.apply(&mut after, change.hash.clone(), rules)?;
        let loses_login = before.may_log_in() && !after.may_log_in();
        if loses_login && before.holds(role::ADMINISTRATOR) && !tx.has_administrator_besides(before.id)? {
            return Err(Error::LastAdministrator);
        }
        if after != before {
            tx.update_user(&after)?;
        }
        Ok(GenericResult::default())
    }
}

/// Languages were checked in the preparation, and one may have been removed since.
fn check_languages(assignments: &Assignments, read: &dyn Read) -> Result<(), Error> {
    let chosen = [("PreferredLanguage", Languages::Supported), ("SpellCheckDictionary", Languages::Dictionaries)];
    for (setting, which) in chosen {
        if let Some((key, tag)) = assignments.text(setting)
            && !read.languages(which)?.iter().any(|language| language.tag == tag)
        {
            return Err(Error::invalid(key, "was removed from the list just now."));
        }
    }
    Ok(())
}

/// What must be unique is not somebody else's.
fn check_unique(assignments: &Assignments, id: UserId, rules: &Rules, read: &dyn Read) -> Result<(), Error> {
    let taken = |key: &str| Err(Error::Taken { parameter: key.to_owned() });
    if let Some((key, name)) = assignments.username()
        && read.user_id_by_name(name.key())?.is_some_and(|other| other != id)
    {
        return taken(key);
    }
    if let Some((key, external_id)) = assignments.text("ExternalId")
        && read.user_id_by_external_id(external_id.trim())?.is_some_and(|other| other != id)
    {
        return taken(key);
    }
    if let Some((key, email)) = assignments.text("EmailAddress")
        && rules.unique_email
        && !email.is_empty()
        && read.email_is_used(email, Some(id))?
    {
        return taken(key);
    }
    Ok(())
}
