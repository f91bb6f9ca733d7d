//! Giving and taking roles: judged on what each person then holds, for many people at once.

use super::{keep_an_administrator, user};
use crate::domain::Error;
use crate::domain::ids::{RoleId, UserId};
use crate::domain::name::{self, Name};
use crate::domain::role::{self, Role};
use crate::domain::user::User;
use crate::store::{Read, Write};
use std::sync::Arc;

/// How roles are assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Exactly these, and no others.
    Replace,
    /// These as well.
    Add,
    /// Not these.
    Remove,
}

/// Whom and what an assignment is about, with the names of its parameters for messages.
pub struct Assignment<'a> {
    /// The parameter that names people.
    pub people: &'static str,
    /// The parameter that names roles.
    pub roles: &'static str,
    /// The people.
    pub users: &'a [i32],
    /// The roles, each by its id and the parameter that named it.
    pub asked: &'a [Role],
    /// How.
    pub mode: Mode,
}

/// The roles with these ids and names, each once, and what is wrong with the others.
pub fn asked_roles(
    read: &dyn Read,
    (by_id, ids): (&'static str, &[i16]),
    (by_name, names): (&'static str, &[String]),
) -> Result<(Vec<Role>, Vec<Error>), Error> {
    let (mut roles, mut problems) = (Vec::<Role>::new(), Vec::new());
    let several = ids.len() + names.len() > 1;
    let by_ids = ids.iter().enumerate().map(|(at, id)| Ok((by_id, at, id.to_string(), Some(RoleId(*id)))));
    let by_names =
        names.iter().enumerate().map(|(at, given)| Ok((by_name, at, given.clone(), read.role_id_by_name(&name::key(given))?)));
    for found in by_ids.chain(by_names) {
        let (parameter, at, given, id) = found?;
        let which = |problem: Error| if several { problem.about(at, &given) } else { problem };
        match id.map(|id| read.role(id)).transpose()?.flatten() {
            None => problems.push(which(Error::NotFound { parameter, what: "role" })),
            Some(role) if role.id.is_automatic() => problems.push(which(Error::AutomaticRole { parameter })),
            Some(role) if roles.iter().any(|known| known.id == role.id) => {}
            Some(role) => roles.push(role),
        }
    }
    Ok((roles, problems))
}

/// A person before and after.
type Change = (Arc<User>, Arc<User>);

/// Assigns roles to people, all or none, and answers each person before and after, in the order asked.
pub fn assign(assignment: &Assignment<'_>, tx: &mut dyn Write) -> Result<Vec<Change>, Error> {
    let (mut outcome, mut problems) = (Vec::new(), Vec::new());
    for (at, id) in assignment.users.iter().enumerate() {
        match assign_to(*id, assignment, tx) {
            Ok(change) => outcome.push(change),
            Err(problem) if problem.field().is_none() => return Err(problem),
            Err(problem) if assignment.users.len() > 1 => problems.push(problem.about(at, id)),
            Err(problem) => problems.push(problem),
        }
    }
    Error::all(problems)?;
    let demoted = |(before, after): &Change| before.holds(role::ADMINISTRATOR) && !after.holds(role::ADMINISTRATOR);
    if outcome.iter().any(demoted) {
        keep_an_administrator(tx)?;
    }
    Ok(outcome)
}

fn assign_to(id: i32, assignment: &Assignment<'_>, tx: &mut dyn Write) -> Result<Change, Error> {
    let before = user(tx, assignment.people, id)?;
    if before.id == UserId::QUEUE {
        return Err(Error::QueueUser { parameter: assignment.people });
    }
    let held: Vec<RoleId> = before.given_roles.iter().map(|role| role.id).collect();
    let wanted = wanted(&held, assignment)?;
    for role in held.iter().filter(|role| !wanted.contains(role)) {
        tx.take_role(before.id, *role)?;
    }
    for role in wanted.iter().filter(|role| !held.contains(role)) {
        tx.give_role(before.id, *role)?;
    }
    let after = user(tx, assignment.people, id)?;
    Ok((before, after))
}

/// The roles that somebody then holds. A manager is an agent too (R16).
fn wanted(held: &[RoleId], assignment: &Assignment<'_>) -> Result<Vec<RoleId>, Error> {
    let asked: Vec<RoleId> = assignment.asked.iter().map(|role| role.id).collect();
    let mut wanted = match assignment.mode {
        Mode::Replace => asked,
        Mode::Add => held.iter().copied().chain(asked.into_iter().filter(|role| !held.contains(role))).collect(),
        Mode::Remove => held.iter().copied().filter(|role| !asked.contains(role)).collect(),
    };
    if wanted.contains(&role::MANAGER) && !wanted.contains(&role::AGENT) {
        if assignment.mode == Mode::Remove {
            return Err(Error::AgentOfManager { parameter: assignment.roles });
        }
        wanted.push(role::AGENT);
    }
    Ok(wanted)
}

/// Makes a custom role.
pub fn create_role(tx: &mut dyn Write, parameter: &'static str, name: Option<&str>, employee: bool) -> Result<RoleId, Error> {
    let name = free_name(tx, parameter, name, None)?;
    tx.insert_role(&name, employee)
}

/// Gives a custom role another name.
pub fn rename_role(
    tx: &mut dyn Write,
    (by_id, id): (&'static str, i16),
    (parameter, name): (&'static str, Option<&str>),
) -> Result<(), Error> {
    let well_formed = role_name(parameter, name);
    let role = tx.role(RoleId(id))?;
    let missing = role.is_none().then_some(Error::NotFound { parameter: by_id, what: "role" });
    Error::all(well_formed.err().into_iter().chain(missing).collect())?;
    let name = free_name(tx, parameter, name, Some(RoleId(id)))?;
    if RoleId(id).is_built_in() {
        return Err(Error::BuiltInRole { parameter: by_id });
    }
    tx.rename_role(RoleId(id), &name)
}

/// Removes a custom role and takes it from everybody.
pub fn delete_role(tx: &mut dyn Write, parameter: &'static str, id: i16) -> Result<(), Error> {
    let role = tx.role(RoleId(id))?.ok_or(Error::NotFound { parameter, what: "role" })?;
    if role.id.is_built_in() {
        return Err(Error::BuiltInRole { parameter });
    }
    tx.delete_role(role.id)
}

/// A role's name that nobody else has; `own` may keep its own.
fn free_name(read: &dyn Read, parameter: &'static str, name: Option<&str>, own: Option<RoleId>) -> Result<Name, Error> {
    let name = role_name(parameter, name)?;
    match read.role_id_by_name(name.key())? {
        Some(other) if Some(other) != own => Err(Error::Taken { parameter: parameter.to_owned() }),
        _ => Ok(name),
    }
}

fn role_name(parameter: &'static str, name: Option<&str>) -> Result<Name, Error> {
    let name = Name::new(name.unwrap_or_default()).map_err(|problem| Error::invalid(parameter, problem))?;
    match name.as_str().contains(';') {
        true => Err(Error::invalid(parameter, "holds a semicolon, which separates names in the property Roles.")),
        false => Ok(name),
    }
}
