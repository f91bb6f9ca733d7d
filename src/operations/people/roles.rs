//! Giving and taking roles: judged on what each person then holds, for many people at once.

use super::{keep_an_administrator, user};
use crate::domain::Error;
use crate::domain::ids::{RoleId, UserId};
use crate::domain::name;
use crate::domain::role::{self, Role};
use crate::domain::user::User;
use crate::store::{Read, Write};

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
    let by_ids = ids.iter().map(|id| Ok((by_id, Some(RoleId(*id)))));
    let by_names = names.iter().map(|given| Ok((by_name, read.role_id_by_name(&name::key(given))?)));
    for found in by_ids.chain(by_names) {
        let (parameter, id) = found?;
        match id.map(|id| read.role(id)).transpose()?.flatten() {
            None => problems.push(Error::NotFound { parameter, what: "role" }),
            Some(role) if role.id.is_automatic() => problems.push(Error::AutomaticRole { parameter }),
            Some(role) if roles.iter().any(|known| known.id == role.id) => {}
            Some(role) => roles.push(role),
        }
    }
    Ok((roles, problems))
}

/// Assigns roles to people, all or none, and answers each person before and after, in the order asked.
pub fn assign(assignment: &Assignment<'_>, tx: &mut dyn Write) -> Result<Vec<(User, User)>, Error> {
    let (mut outcome, mut problems) = (Vec::new(), Vec::new());
    for id in assignment.users {
        match assign_to(*id, assignment, tx) {
            Ok(change) => outcome.push(change),
            Err(problem @ (Error::Internal { .. } | Error::Unavailable { .. })) => return Err(problem),
            Err(problem) => problems.push(problem),
        }
    }
    Error::all(problems)?;
    let demoted = |(before, after): &(User, User)| before.holds(role::ADMINISTRATOR) && !after.holds(role::ADMINISTRATOR);
    if outcome.iter().any(demoted) {
        keep_an_administrator(tx)?;
    }
    Ok(outcome)
}

fn assign_to(id: i32, assignment: &Assignment<'_>, tx: &mut dyn Write) -> Result<(User, User), Error> {
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
