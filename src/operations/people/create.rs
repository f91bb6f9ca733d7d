//! Making people: a newcomer is a person without anything, to whom everything that is asked for is done in one call.

use super::change::{custom_values, put_custom, put_picture, removed_languages, taken};
use super::{Assignment, Mode, asked_roles, assign};
use crate::domain::Error;
use crate::domain::change::{By, Changes};
use crate::domain::custom_field::Given;
use crate::domain::ids::{CustomFieldId, UserId};
use crate::domain::password::PasswordHash;
use crate::domain::role::{self, Role};
use crate::domain::rules::Rules;
use crate::domain::structure::Membership;
use crate::domain::user::{AuthenticationMethod, User};
use crate::operations::{Bench, Context};
use crate::store::{Read, Write};

/// Somebody to be made.
#[derive(Default)]
pub struct Newcomer {
    /// Its settings, user name and password among them.
    pub changes: Changes,
    /// Values of custom fields, by name.
    pub custom: Vec<Given>,
    /// The roles it is given, by id.
    pub role_ids: Vec<i16>,
    /// The roles it is given, by name.
    pub role_names: Vec<String>,
    /// Whether it has to be an employee: without a role that says so it becomes an agent.
    pub employee: bool,
    /// The person whom it is to be like.
    pub like: Option<i32>,
    /// What messages call its roles, where one name stands for ids and names.
    pub roles_are: Option<&'static str>,
    /// Whether it is forced to change its password if it comes without one.
    pub force_reset: bool,
    /// What it would need and was not given.
    pub missing: Vec<Error>,
}

/// A newcomer with the hash of its password.
pub struct PreparedNewcomer {
    newcomer: Newcomer,
    hash: Option<PasswordHash>,
}

impl Newcomer {
    /// Hashes the password, unless the newcomer would be refused anyway.
    pub fn prepare(self, bench: &mut Bench<'_>) -> Result<PreparedNewcomer, Error> {
        let rules = bench.rules();
        bench.view(|read| self.examine(None, rules, read).map(drop))?;
        let hash = self.changes.password().map(|password| bench.hash(password)).transpose()?;
        Ok(PreparedNewcomer { newcomer: self, hash })
    }

    /// Whether somebody who is like this person logs in by a password.
    pub fn model_has_a_password(read: &dyn Read, model: i32) -> Result<bool, Error> {
        let model = read.user(UserId(model))?;
        Ok(model.is_none_or(|model| model.authentication == AuthenticationMethod::Password))
    }

    /// What the newcomer is before anything is asked for: nobody, or what of its model is not the model's own.
    fn begin(&self, read: &dyn Read) -> Result<(User, Vec<Error>), Error> {
        let Some(id) = self.like else { return Ok((User::nobody(), Vec::new())) };
        match read.user(UserId(id))? {
            None => Ok((User::nobody(), vec![Error::NotFound { parameter: "userId", what: "user" }])),
            Some(model) if model.id == UserId::QUEUE => Ok((User::nobody(), vec![Error::QueueUser { parameter: "userId" }])),
            Some(model) => Ok((model.likeness(), Vec::new())),
        }
    }

    /// What the person would be, unless something is wrong.
    fn examine(&self, hash: Option<&PasswordHash>, rules: &Rules, read: &dyn Read) -> Result<Examined, Error> {
        let (begin, mut problems) = self.begin(read)?;
        problems.extend_from_slice(&self.missing);
        let (mut roles, wrong) = asked_roles(
            read,
            (self.roles_are.unwrap_or("roleIds"), &self.role_ids),
            (self.roles_are.unwrap_or("roleNames"), &self.role_names),
        )?;
        problems.extend(wrong);
        roles.extend(begin.given_roles.iter().cloned());
        if self.employee && !roles.iter().any(|role| role.employee) {
            roles.extend(read.role(role::AGENT)?);
        }
        let mut user = User { given_roles: roles.clone(), ..begin };
        if roles.iter().any(|role| role.id == role::MANAGER) && !user.holds(role::AGENT) {
            user.given_roles.extend(read.role(role::AGENT)?);
        }
        problems.extend(self.changes.apply(&mut user, By::Administrator, hash, rules));
        if self.force_reset && user.password.is_none() && user.authentication == AuthenticationMethod::Password {
            user.force_password_change = true;
        }
        problems.extend(taken(&self.changes, None, rules, read)?);
        problems.extend(removed_languages(&self.changes, read)?);
        let (custom, wrong) = custom_values(&self.custom, &user, read)?;
        problems.extend(wrong);
        Error::all(problems)?;
        Ok(Examined { user, roles, custom })
    }
}

struct Examined {
    user: User,
    roles: Vec<Role>,
    custom: Vec<(CustomFieldId, String)>,
}

/// Makes the person, unless its name was taken since the preparation.
pub fn insert(prepared: &PreparedNewcomer, context: &Context<'_>, tx: &mut dyn Write) -> Result<UserId, Error> {
    make(&prepared.newcomer, prepared.hash.as_ref(), context, tx)
}

/// Makes the person with this hash of its password.
pub(super) fn make(
    newcomer: &Newcomer,
    hash: Option<&PasswordHash>,
    context: &Context<'_>,
    tx: &mut dyn Write,
) -> Result<UserId, Error> {
    let Examined { user, roles, custom } = newcomer.examine(hash, &context.server.rules, tx)?;
    let id = tx.insert_user(&User { avatar: None, ..user }, context.now)?;
    if !roles.is_empty() {
        let asked = Assignment { people: "userId", roles: "roleIds", users: &[id.0], asked: &roles, mode: Mode::Add };
        assign(&asked, tx)?;
    }
    put_picture(id, &newcomer.changes, context, tx)?;
    put_custom(id, &custom, tx)?;
    if let Some(model) = newcomer.like {
        follow(UserId(model), id, context, tx)?;
    }
    Ok(id)
}

/// Gives somebody the groups, custom fields and picture of another one.
fn follow(model: UserId, id: UserId, context: &Context<'_>, tx: &mut dyn Write) -> Result<(), Error> {
    for group in tx.groups_of_user(model)? {
        let own = tx.memberships(group.id)?.into_iter().find(|membership| membership.user == model);
        if let Some(membership) = own {
            tx.put_membership(&Membership { user: id, ..membership })?;
        }
    }
    for (field, value) in tx.custom_values(model)? {
        tx.put_custom_value(id, field, &value)?;
    }
    tx.copy_avatar(model, id, context.now)
}
