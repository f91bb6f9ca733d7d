//! Removing people for good: all of those asked for or, if one must stay, none.

use super::{keep_an_administrator, user};
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::role;
use crate::store::Write;

/// Removes people with their roles, settings and memberships. Their ids are never given again.
pub fn remove(tx: &mut dyn Write, parameter: &'static str, ids: &[i32]) -> Result<(), Error> {
    let (mut problems, mut administrators) = (Vec::new(), false);
    let which = |problem: Error, at: usize| match ids.get(at).filter(|_| ids.len() > 1) {
        Some(id) => problem.about(at, id),
        None => problem,
    };
    for (at, id) in ids.iter().enumerate() {
        if ids.iter().take(at).any(|earlier| earlier == id) {
            continue;
        }
        match user(tx, parameter, *id) {
            Err(problem @ Error::NotFound { .. }) => problems.push(which(problem, at)),
            Err(problem) => return Err(problem),
            Ok(person) if person.id == UserId::QUEUE => problems.push(which(Error::QueueUser { parameter }, at)),
            Ok(person) => {
                administrators |= person.holds(role::ADMINISTRATOR);
                tx.delete_user(person.id)?;
            }
        }
    }
    Error::all(problems)?;
    if administrators { keep_an_administrator(tx) } else { Ok(()) }
}
